package dev.tidings.queue;

import dev.tidings.attempt.Trace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a delivery, as it went.
 *
 * @param number from 1, on and on through redeliveries
 * @param outcome {@code delivered}, {@code retrying} or {@code failed}: what followed from it
 * @param statusCode of the answer, or {@code null} when no whole one came
 * @param error why none came, or why the attempt was no success, in words
 * @param responseBody the start of the answer's body, at most 20 kB
 * @param trace how it went, or {@code null} where that is not known
 */
public record LoggedAttempt(
        int number,
        Instant startedAt,
        int durationMillis,
        String outcome,
        @Nullable Integer statusCode,
        @Nullable String error,
        @Nullable String responseBody,
        @Nullable Trace trace) {}
