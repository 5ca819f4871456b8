package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.queue.Histogram;
import dev.tidings.queue.Statistics.Reason;
import dev.tidings.queue.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Statistics, in the API's words. */
@Schema(
        name = "Statistics",
        requiredProperties = {
            "from",
            "to",
            "interval",
            "asOf",
            "accepted",
            "states",
            "channels",
            "feedbackStatuses",
            "successRate",
            "latencyMillis",
            "attemptMillis",
            "series",
            "reasons",
            "late"
        })
public record ShownStatistics(
        @Schema(description = "The period's begin, a whole minute")
        Instant from,

        @Schema(description = "The period's end, a whole minute, not included")
        Instant to,

        @Schema(enumeration = {"minute", "hour", "day"}) String interval,

        @Schema(description = "What was committed by then is counted; a few seconds ago")
        Instant asOf,

        @Schema(description = "How many events were accepted in the period, those of all states together")
        long accepted,

        @Schema(description = "How many of them are in which state")
        Map<String, Long> states,

        @Schema(description = "How many of them are of which channel")
        Map<String, Long> channels,

        @Schema(description = "How many of them are of which feedback status")
        Map<String, Long> feedbackStatuses,

        @JsonInclude
        @Schema(
                nullable = true,
                implementation = Double.class,
                description = "delivered / (delivered + failed); null while there is neither")
        @Nullable
        Double successRate,

        @Schema(
                description =
                        "From an event's acceptance to the end of the attempt that delivered it. Redeliveries do not"
                                + " count")
        Percentiles latencyMillis,

        @Schema(description = "How long attempts took, of any outcome")
        Percentiles attemptMillis,

        @Schema(description = "The period in buckets, in the order of time; those in which nothing was accepted too")
        List<Bucket> series,

        @Schema(description = "Why attempts did not succeed: the ten most frequent reasons")
        List<FailingReason> reasons,

        Late late) {

    /** Shares of what was measured, each at most 5 % beside the true one. */
    @JsonInclude
    @Schema(requiredProperties = {"p50", "p95", "p99", "samples"})
    public record Percentiles(
            @Schema(nullable = true, implementation = Long.class) @Nullable
            Long p50,

            @Schema(nullable = true, implementation = Long.class) @Nullable
            Long p95,

            @Schema(nullable = true, implementation = Long.class) @Nullable
            Long p99,

            @Schema(description = "How many were measured") long samples) {

        static Percentiles of(Histogram histogram) {
            return new Percentiles(
                    orNull(histogram.percentile(0.5)),
                    orNull(histogram.percentile(0.95)),
                    orNull(histogram.percentile(0.99)),
                    histogram.samples());
        }

        private static @Nullable Long orNull(OptionalLong value) {
            return value.isPresent() ? value.getAsLong() : null;
        }
    }

    /** Some of the period. */
    @Schema(
            requiredProperties = {
                "from",
                "accepted",
                "delivered",
                "failed",
                "skipped",
                "unfinished",
                "successRate",
                "latencyMillis"
            })
    public record Bucket(
            @Schema(description = "Its begin; the first one's may be before the period's")
            Instant from,

            long accepted,
            long delivered,
            long failed,
            long skipped,

            @Schema(description = "Pending, delivering or retrying")
            long unfinished,

            @JsonInclude @Schema(nullable = true, implementation = Double.class) @Nullable
            Double successRate,

            Percentiles latencyMillis) {

        static Bucket of(Instant from, Tally tally, Histogram delivered) {
            return new Bucket(
                    from,
                    tally.accepted(),
                    tally.delivered(),
                    tally.failed(),
                    tally.skipped(),
                    tally.unfinished(),
                    rate(tally),
                    Percentiles.of(delivered));
        }
    }

    /** Why attempts did not succeed. */
    @Schema(requiredProperties = {"reason", "attempts", "failed"})
    public record FailingReason(
            String reason,

            @Schema(description = "How many attempts did not succeed for it")
            long attempts,

            @Schema(description = "How many deliveries ended with it")
            long failed) {

        static FailingReason of(Reason reason) {
            return new FailingReason(reason.reason(), reason.attempts(), reason.failed());
        }
    }

    /** What is late now, whenever it was accepted. */
    @Schema(requiredProperties = {"deliveries", "oldestDueAt", "seconds"})
    public record Late(
            @Schema(
                    description = "How many deliveries wait whose next attempt is due, counted up to 10,000 first"
                            + " attempts and 10,000 retries. While the webhook is paused, all that wait become late")
            long deliveries,

            @JsonInclude
            @Schema(
                    nullable = true,
                    implementation = String.class,
                    format = "date-time",
                    description = "Since when the longest waiting one is due; null when none is late")
            @Nullable
            Instant oldestDueAt,

            @Schema(description = "For how many seconds it is due")
            long seconds) {}

    static @Nullable Double rate(Tally tally) {
        OptionalDouble rate = tally.successRate();
        return rate.isPresent() ? rate.getAsDouble() : null;
    }
}
