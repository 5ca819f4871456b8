package dev.tidings.queue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the delivery log.
 *
 * @param webhookId the webhook that gets it; {@code null} when it was skipped
 * @param about the event that it carries
 * @param attempts how many attempts are in the log
 * @param last the newest of them, or {@code null}
 */
public record LoggedDelivery(
        UUID id,
        @Nullable UUID webhookId,
        About about,
        DeliveryState state,
        int attempts,
        @Nullable Last last) {

    /**
     * The event's facts that can be searched.
     *
     * @param eventId the value of {@code webhook-id}: the caller's, else the delivery's
     * @param occurredAt by the caller's word, or {@code null}
     */
    public record About(
            String eventId,
            String channel,
            String feedbackStatus,
            String campaignId,
            String requestId,
            String messageExecutionId,
            @Nullable Instant occurredAt,
            Instant acceptedAt) {}

    /** The newest attempt: an answer's status, or the fault in words. */
    public record Last(
            Instant startedAt,
            @Nullable Integer statusCode,
            @Nullable String error) {}
}
