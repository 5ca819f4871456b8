package dev.tidings.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry of the audit trail. */
@Schema(name = "AuditEntry")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShownAudit(
        UUID id,
        Instant happenedAt,

        @Schema(description = "The token's subject; tidings: nobody asked for it")
        String who,

        @Schema(examples = "webhook.edited") String action,

        @Schema(description = "The id of what it was done to")
        String subject,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "What it was, without secrets; absent when it was not there, or nothing was changed")
        @Nullable
        RawValue before,

        @Schema(type = SchemaType.OBJECT, implementation = Object.class, description = "What it is since") @Nullable
        RawValue after) {

    static ShownAudit of(
            UUID id,
            Instant happenedAt,
            String who,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after) {
        return new ShownAudit(id, happenedAt, who, action, subject, raw(before), raw(after));
    }

    private static @Nullable RawValue raw(@Nullable String json) {
        return json == null ? null : new RawValue(json);
    }
}
