package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidings.queue.LoggedDelivery;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A line of the delivery log, in the API's words. What is not known is left out, save {@code nextAttemptAt}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Delivery",
        description = "One feedback event on its way to one webhook",
        requiredProperties = {
            "id",
            "eventId",
            "state",
            "channel",
            "feedbackStatus",
            "campaignID",
            "requestId",
            "messageExecutionID",
            "acceptedAt",
            "attemptCount",
            "nextAttemptAt"
        })
public record ListedDelivery(
        UUID id,

        @Schema(description = "The event's stable id, sent as webhook-id: the receiver's idempotency key")
        String eventId,

        @Schema(description = "The webhook that gets it; absent when it was skipped") @Nullable
        UUID webhookId,

        @Schema(enumeration = {"pending", "delivering", "retrying", "delivered", "failed", "skipped"})
        String state,

        @Schema(description = "Why it failed or was skipped, in words") @Nullable
        String reason,

        String channel,
        String feedbackStatus,
        @JsonProperty("campaignID") String campaignId,
        String requestId,
        @JsonProperty("messageExecutionID") String messageExecutionId,

        @Schema(description = "When it happened, by the caller's word") @Nullable
        Instant timestamp,

        Instant acceptedAt,
        @Schema(description = "How many attempts were made") int attemptCount,
        @Nullable Instant lastAttemptAt,

        @Schema(description = "The answer to the last attempt") @Nullable
        Integer lastStatusCode,

        @Schema(description = "Why the last attempt was no success") @Nullable
        String lastError,

        @JsonInclude
        @Schema(
                nullable = true,
                implementation = String.class,
                format = "date-time",
                description = "When the next attempt is due; null when none is")
        @Nullable
        Instant nextAttemptAt,

        @Schema(
                enumeration = {WaitingFor.RESUME, WaitingFor.SCHEDULE, WaitingFor.TURN},
                description =
                        "What it waits for; absent when it has ended or is being attempted. resume: its webhook is"
                                + " paused. schedule: nextAttemptAt is to come. turn: it is due and was not begun, since others are"
                                + " before it, its endpoint is down (the webhook's health tells), its tenant's rate is used up, or"
                                + " nothing can be sent at present, which is the operator's to mend and uses up no attempt")
        @Nullable
        String waitingFor) {

    static ListedDelivery of(LoggedDelivery delivery, WaitingFor waiting) {
        var about = delivery.about();
        var state = delivery.state();
        var last = delivery.last();
        return new ListedDelivery(
                delivery.id(),
                about.eventId(),
                delivery.webhookId(),
                state.value(),
                state.reasonInWords(),
                about.channel(),
                about.feedbackStatus(),
                about.campaignId(),
                about.requestId(),
                about.messageExecutionId(),
                about.occurredAt(),
                about.acceptedAt(),
                delivery.attempts(),
                last == null ? null : last.startedAt(),
                last == null ? null : last.statusCode(),
                last == null ? null : last.error(),
                state.nextAttemptAt(),
                waiting.of(delivery));
    }
}
