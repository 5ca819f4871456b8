package dev.tidings.audit;

import dev.tidings.web.Page;
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
        Page<ShownAudit> page = Page.of(found, limit, ShownAudit::id);
        return new AuditPage(page.items(), page.nextCursor());
    }
}
