package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.queue.DeliveryState;
import dev.tidings.queue.LoggedDelivery;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a delivery stands after a redelivery was asked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Redelivery",
        requiredProperties = {"id", "state", "attemptCount", "nextAttemptAt"})
public record RedeliveryAnswer(
        UUID id,

        @Schema(enumeration = {"pending", "delivering", "retrying", "delivered", "failed"})
        String state,

        @Schema(description = "How many attempts were made so far; numbers go on")
        int attemptCount,

        @JsonInclude
        @Schema(
                nullable = true,
                implementation = String.class,
                format = "date-time",
                description = "When the next attempt is due; null while one is under way")
        @Nullable
        Instant nextAttemptAt,

        @Schema(description = "What to know besides, in words") @Nullable
        String note) {

    static RedeliveryAnswer of(LoggedDelivery delivery, boolean paused) {
        return new RedeliveryAnswer(
                delivery.id(),
                delivery.state().value(),
                delivery.attempts(),
                delivery.state().nextAttemptAt(),
                note(delivery.state(), paused));
    }

    private static @Nullable String note(DeliveryState state, boolean paused) {
        if (paused) {
            return "The webhook is paused: the delivery waits until it is resumed";
        }
        return state instanceof DeliveryState.Delivering
                ? "An attempt is about to start or under way; what follows depends on its result"
                : null;
    }
}
