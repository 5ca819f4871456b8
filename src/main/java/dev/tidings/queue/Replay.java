package dev.tidings.queue;

import dev.tidings.feedback.Tenant;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A selection of the delivery log on its way into the queue once more, from the newest delivery to the oldest.
 *
 * @param filter which deliveries; its period has an end
 * @param reason why it failed, for people; else {@code null}
 */
public record Replay(
        UUID id,
        Tenant tenant,
        DeliveryFilter filter,
        int ratePerSecond,
        State state,
        @Nullable String reason,
        Progress progress,
        Times times) {

    /** Where a replay stands. */
    public enum State {
        QUEUED,
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED;

        /** The API's word, lower case. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far it has come.
     *
     * @param counted how many deliveries matched when it was created
     * @param replayed how many of them are in the queue again
     * @param neverSent how many were passed over because they were skipped
     * @param alreadyWaiting how many were passed over because an attempt was due or under way
     * @param cursor the last delivery that was looked at, or {@code null} before the first
     */
    public record Progress(
            Count counted,
            long replayed,
            long neverSent,
            long alreadyWaiting,
            @Nullable UUID cursor) {}

    /**
     * A count that stops at a bound.
     *
     * @param all whether it came to the end
     */
    public record Count(long number, boolean all) {}

    /** When it was created and by whom, when its first step was made, and when it ended. */
    public record Times(
            Instant createdAt,
            String createdBy,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    /** A replay of that, not yet begun. */
    public static Replay of(
            UUID id, Tenant tenant, DeliveryFilter filter, int ratePerSecond, Count counted, Instant now, String user) {
        return new Replay(
                id,
                tenant,
                filter,
                ratePerSecond,
                State.QUEUED,
                null,
                new Progress(counted, 0, 0, 0, null),
                new Times(now, user, null, null));
    }
}
