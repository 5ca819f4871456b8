package dev.tidings.queue;

import dev.tidings.attempt.Trace;
import dev.tidings.feedback.Tenant;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt, on its way into the database.
 *
 * @param startedAt of the attempt
 * @param took how long it was, with its answer
 * @param statusCode of the answer, if one came
 * @param error one sentence, if it did not succeed
 * @param responseBody the answer's start, at most 20 kB
 * @param trace how it went
 */
public record Settlement(
        Delivery delivery,
        Instant startedAt,
        Duration took,
        Outcome outcome,
        @Nullable Integer statusCode,
        @Nullable String error,
        @Nullable String responseBody,
        Trace trace) {

    /**
     * Whether the endpoint answered as one that is up: with anything but a server error (5xx) or a request to slow down
     * (429).
     */
    public boolean foundEndpointUp() {
        return statusCode != null && statusCode < 500 && statusCode != 429;
    }

    /** What the attempt means for its delivery. */
    public sealed interface Outcome {
        /** Finished; leaves the queue. */
        record Delivered() implements Outcome {}

        /** Finished; leaves the queue and is remembered as failed, among the tenant's. */
        record Failed(String reason, Tenant tenant) implements Outcome {}

        /** Waits, held by nobody, until then. */
        record Retrying(Instant dueAt) implements Outcome {}

        /** Is tried again at once by the same holder. */
        record Again() implements Outcome {}
    }
}
