package dev.tidings.web;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that goes on by the id of its last item.
 *
 * @param nextCursor asks for the next page; {@code null}: this is the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /** The page of up to {@code limit} items, when one more was asked for to see whether there is one. */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<? super T, UUID> id) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        List<T> items = oneMore.subList(0, limit);
        return new Page<>(items, new Cursor(id.apply(items.getLast())).word());
    }
}
