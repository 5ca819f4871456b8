package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.queue.LogPage;
import dev.tidings.web.Cursor;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of the delivery log, newest first. */
@Schema(requiredProperties = {"items", "nextCursor"})
public record DeliveryPage(
        List<ListedDelivery> items,

        @JsonInclude
        @Schema(nullable = true, description = "The cursor of the next page; null on the last one")
        @Nullable
        String nextCursor) {

    static DeliveryPage of(LogPage page, WaitingFor waiting) {
        var items = page.items();
        return new DeliveryPage(
                items.stream().map(item -> ListedDelivery.of(item, waiting)).toList(),
                page.next() == null ? null : new Cursor(page.next()).word());
    }
}
