package dev.tidings.queue;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which deliveries of a tenant; what is {@code null} does not narrow. */
public record DeliveryFilter(
        DeliveryState.@Nullable Kind state,
        @Nullable Channel channel,
        @Nullable FeedbackStatus feedbackStatus,
        Correlation correlation,
        Period period) {

    /** Everything. */
    public static final DeliveryFilter ALL =
            new DeliveryFilter(null, null, null, new Correlation(null, null, null), new Period(null, null));

    /** The ids by which a caller finds its own again, each to be met exactly. */
    public record Correlation(
            @Nullable String campaignId,
            @Nullable String requestId,
            @Nullable String messageExecutionId) {}

    /** When the event was accepted: {@code from} included, {@code to} not. */
    public record Period(@Nullable Instant from, @Nullable Instant to) {}
}
