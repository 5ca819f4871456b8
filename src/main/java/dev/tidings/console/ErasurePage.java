package dev.tidings.console;

import dev.tidings.queue.Erasure;
import dev.tidings.web.Page;
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
        Page<Erasure> page = Page.of(found, limit, Erasure::id);
        return new ErasurePage(page.items().stream().map(ShownErasure::of).toList(), page.nextCursor());
    }
}
