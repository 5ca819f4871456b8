package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.queue.Replay;
import dev.tidings.web.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of replays, newest first. */
@Schema(requiredProperties = {"items", "nextCursor"})
public record ReplayPage(
        List<ShownReplay> items,

        @JsonInclude
        @Schema(nullable = true, description = "The cursor of the next page; null on the last one")
        @Nullable
        String nextCursor) {

    /** The page of up to {@code limit} items, when one more was asked for to see whether there is one. */
    static ReplayPage of(List<Replay> oneMore, int limit) {
        Page<Replay> page = Page.of(oneMore, limit, Replay::id);
        return new ReplayPage(page.items().stream().map(ShownReplay::of).toList(), page.nextCursor());
    }
}
