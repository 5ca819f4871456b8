package dev.tidings.queue;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the delivery log, newest first.
 *
 * @param next the id after which the next page begins; {@code null}: no older one matches. A page may have fewer items than
 *     were asked for, or none, and be followed by others: only so much is looked at for one page
 */
public record LogPage(List<LoggedDelivery> items, @Nullable UUID next) {
    public LogPage {
        items = List.copyOf(items);
    }

    /** Whether another page follows. */
    public boolean more() {
        return next != null;
    }

    /**
     * The page of up to {@code limit} rows, when one row more was asked for to see whether there is one.
     *
     * @param lookedAt the id down to which was looked, {@code null}: to the end
     */
    static LogPage of(List<LoggedDelivery> oneMore, int limit, @Nullable UUID lookedAt) {
        if (oneMore.size() <= limit) {
            return new LogPage(oneMore, lookedAt);
        }
        List<LoggedDelivery> items = oneMore.subList(0, limit);
        return new LogPage(items, items.getLast().id());
    }
}
