package dev.tidings.queue;

import dev.tidings.feedback.Tenant;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One identity's payloads on their way out of a tenant's log.
 *
 * @param masked the address, as it may be shown
 * @param endedAt {@code null}: it is under way
 */
public record Erasure(
        UUID id,
        Tenant tenant,
        String masked,
        Counts counts,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt) {

    /**
     * @param lookedAt how many payloads were looked at
     * @param erased how many of them were the identity's
     * @param ended how many of these had a delivery that waited, which has failed for it
     */
    public record Counts(long lookedAt, long erased, long ended) {}
}
