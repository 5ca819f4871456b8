package dev.tidings.queue;

import dev.tidings.feedback.TraceParent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A leased delivery, in memory: all that its next attempt needs besides the webhook, which is looked up at each attempt
 * so that the newest URL, headers and authentication are used.
 *
 * @param id the delivery's
 * @param holder the incarnation that leases it; a result counts only while the row still names it
 * @param eventId the value of {@code webhook-id}
 * @param body the payload; not copied, not changed
 * @param progress how far it has come
 * @param trace the place in a trace that its attempts go on from; {@code null}: none
 */
public record Delivery(
        UUID id,
        UUID webhookId,
        long holder,
        String eventId,
        byte[] body,
        Progress progress,
        @Nullable TraceParent trace) {

    /** One whose event came without a trace. */
    public Delivery(UUID id, UUID webhookId, long holder, String eventId, byte[] body, Progress progress) {
        this(id, webhookId, holder, eventId, body, progress, null);
    }

    /**
     * How far a delivery has come.
     *
     * @param attempts the last attempt's number, 0 before the first
     * @param retries how many of the schedule's delays are used up
     * @param begunAt when the retry schedule began
     */
    public record Progress(int attempts, int retries, Instant begunAt) {}

    /** Whether it waits in the lane of retries. */
    public boolean isRetry() {
        return progress.retries() > 0;
    }

    /** The number of the attempt that comes now. */
    public int nextAttempt() {
        return progress.attempts() + 1;
    }

    /** The same delivery, its attempt with a stale token counted. */
    public Delivery afterAttempt() {
        return new Delivery(
                id,
                webhookId,
                holder,
                eventId,
                body,
                new Progress(nextAttempt(), progress.retries(), progress.begunAt()),
                trace);
    }
}
