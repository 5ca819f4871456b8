package dev.tidings.queue;

import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.feedback.SkipReason;
import dev.tidings.feedback.TraceParent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the queue.
 *
 * @param id the delivery's, a UUIDv7 of {@code acceptedAt}
 * @param match the webhook that gets it, or why none does
 * @param payload the body of every attempt; not copied, not changed
 * @param trace the place in a trace that its attempts go on from; {@code null}: none
 */
public record Entry(
        UUID id,
        Instant acceptedAt,
        FeedbackEvent event,
        Match match,
        byte[] payload,
        @Nullable TraceParent trace) {

    /** One that came without a trace. */
    public Entry(UUID id, Instant acceptedAt, FeedbackEvent event, Match match, byte[] payload) {
        this(id, acceptedAt, event, match, payload, null);
    }

    /** The outcome of matching an event with webhook and campaign. */
    public sealed interface Match {
        /** To that webhook. */
        record To(UUID webhookId) implements Match {}

        /** Recorded, not sent. */
        record Skipped(SkipReason reason) implements Match {}
    }

    /** The event's stable id, {@code webhook-id}: the caller's, else the delivery's. */
    public String eventId() {
        String own = event.origin().eventId();
        return own == null ? id.toString() : own;
    }

    @Nullable
    UUID webhookId() {
        return switch (match) {
            case Match.To to -> to.webhookId();
            case Match.Skipped skipped -> null;
        };
    }

    @Nullable
    SkipReason skipReason() {
        return switch (match) {
            case Match.To to -> null;
            case Match.Skipped skipped -> skipped.reason();
        };
    }

    /**
     * The idempotence key: 128 bits of a SHA-256 over tenant and eventId, each with its length before it, so that no
     * two of them can run together into a third. {@code null} when the caller named no eventId.
     */
    @Nullable
    UUID idempotenceKey() {
        String own = event.origin().eventId();
        if (own == null) {
            return null;
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part :
                    new String[] {event.tenant().imsOrg(), event.tenant().sandboxName(), own}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                sha256.update(bytes);
            }
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
