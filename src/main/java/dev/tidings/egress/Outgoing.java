package dev.tidings.egress;

import dev.tidings.feedback.TraceParent;
import dev.tidings.webhook.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, ready to go.
 *
 * @param endpoint where to and how, as it is now
 * @param webhookId the value of {@code webhook-id}: the event's stable id, the receiver's idempotency key
 * @param attempt the number of the attempt, from 1
 * @param body the payload's bytes, the same for every attempt; not copied, not changed
 * @param mode what is special about it
 * @param trace the place in a trace that the receiver is told; {@code null}: none
 */
public record Outgoing(
        Endpoint endpoint,
        String webhookId,
        int attempt,
        byte[] body,
        Mode mode,
        @Nullable TraceParent trace) {

    /** One whose receiver is told of no trace. */
    public Outgoing(Endpoint endpoint, String webhookId, int attempt, byte[] body, Mode mode) {
        this(endpoint, webhookId, attempt, body, mode, null);
    }

    /** What is special about an attempt. */
    public enum Mode {
        USUAL,
        /** After a 401: a cached token is not good enough. */
        MINT_ANEW,
        /** A person's test event: carries {@code webhook-test: true}. */
        TEST,
        /** Asks a URL that is to become a webhook's: a GET without anything of the webhook's. */
        CHALLENGE
    }
}
