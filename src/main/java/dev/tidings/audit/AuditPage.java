package dev.tidings.audit;

import dev.tidings.web.Cursor;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of the audit trail, newest first. */
@Schema(name = "AuditPage")
record AuditPage(
        List<ShownAudit> items,

        @Schema(description = "Asks for the next page; null: this is the last one") @Nullable
        String nextCursor) {

    /** Of one more entry than the page may have, when there are more. */
    static AuditPage of(List<ShownAudit> found, int limit) {
        if (found.size() <= limit) {
            return new AuditPage(found, null);
        }
        List<ShownAudit> items = found.subList(0, limit);
        return new AuditPage(items, new Cursor(items.getLast().id()).word());
    }
}
