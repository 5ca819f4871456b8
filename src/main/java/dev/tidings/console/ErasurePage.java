package dev.tidings.console;

import dev.tidings.queue.Erasure;
import dev.tidings.web.Cursor;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of erasures, newest first. */
@Schema(name = "ErasurePage")
record ErasurePage(
        List<ShownErasure> items,

        @Schema(description = "Asks for the next page; null: this is the last one") @Nullable
        String nextCursor) {

    /** Of one more than the page may have, when there are more. */
    static ErasurePage of(List<Erasure> found, int limit) {
        List<Erasure> items = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? new Cursor(items.getLast().id()).word() : null;
        return new ErasurePage(items.stream().map(ShownErasure::of).toList(), next);
    }
}
