package dev.tidings.audit;

import dev.tidings.feedback.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param who the name of the token's subject
 * @param subject the id of what it was done to
 * @param before what it was, as JSON without secrets; {@code null}: it was not there, or nothing was changed
 * @param after what it is since
 */
public record AuditEntry(
        Tenant tenant,
        String who,
        Action action,
        String subject,
        @Nullable String before,
        @Nullable String after) {

    /** An entry of something that changes nothing by itself. */
    public static AuditEntry of(Tenant tenant, String who, Action action, Object subject) {
        return new AuditEntry(tenant, who, action, subject.toString(), null, null);
    }
}
