package dev.tidings.egress;

import dev.tidings.webhook.Endpoint;

/**
 * One attempt, ready to go.
 *
 * @param endpoint where to and how, as it is now
 * @param webhookId the value of {@code webhook-id}: the event's stable id, the receiver's idempotency key
 * @param attempt the number of the attempt, from 1
 * @param body the payload's bytes, the same for every attempt; not copied, not changed
 * @param mode what is special about it
 */
public record Outgoing(Endpoint endpoint, String webhookId, int attempt, byte[] body, Mode mode) {
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
