package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.queue.Erasure;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An erasure, as the API shows it. */
@Schema(name = "Erasure")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShownErasure(
        UUID id,

        @Schema(enumeration = {"running", "completed"}) String state,

        @Schema(description = "Masked: the address itself is forgotten when the erasure is completed")
        String address,

        @Schema(description = "How many payloads were looked at")
        long lookedAt,

        @Schema(description = "How many of them were the identity's, and are erased")
        long erased,

        @Schema(description = "How many deliveries that waited have failed for it")
        long failed,

        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt) {

    static final String EXAMPLE = """
            {"id": "0198f5b2-4c1e-7a00-8000-0c5d2f6f1b2a", "state": "completed", "address": "a***@example.com",
             "lookedAt": 18211, "erased": 12, "failed": 1, "createdAt": "2026-03-01T12:00:00Z", "createdBy": "ada",
             "endedAt": "2026-03-01T12:00:04Z"}
            """;

    static ShownErasure of(Erasure erasure) {
        var counts = erasure.counts();
        return new ShownErasure(
                erasure.id(),
                erasure.endedAt() == null ? "running" : "completed",
                erasure.masked(),
                counts.lookedAt(),
                counts.erased(),
                counts.ended(),
                erasure.createdAt(),
                erasure.createdBy(),
                erasure.endedAt());
    }

    /** What is posted; the resource reads it. */
    @Schema(name = "ErasurePost")
    record Posted(
            @Schema(required = true, maxLength = 320, minLength = 3, examples = "ada@example.com")
            String address) {}
}
