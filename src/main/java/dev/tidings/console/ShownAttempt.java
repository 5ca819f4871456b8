package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.feedback.Masked;
import dev.tidings.queue.LoggedAttempt;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One HTTP request of a delivery, in the API's words. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Attempt",
        description = "One HTTP request of a delivery",
        requiredProperties = {"number", "startedAt", "durationMillis", "outcome"})
public record ShownAttempt(
        @Schema(description = "From 1, on and on through redeliveries")
        int number,

        Instant startedAt,
        int durationMillis,

        @Schema(enumeration = {"delivered", "retrying", "failed"})
        String outcome,

        @Schema(description = "Absent when no whole answer came") @Nullable
        Integer statusCode,

        @Nullable String error,

        @Schema(description = "The start of the answer's body, at most 20 kB") @Nullable
        String responseBody) {

    static ShownAttempt of(LoggedAttempt attempt, boolean masked) {
        String answer = attempt.responseBody();
        return new ShownAttempt(
                attempt.number(),
                attempt.startedAt(),
                attempt.durationMillis(),
                attempt.outcome(),
                attempt.statusCode(),
                attempt.error(),
                masked && answer != null ? Masked.text(answer) : answer);
    }
}
