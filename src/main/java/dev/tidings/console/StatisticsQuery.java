package dev.tidings.console;

import dev.tidings.queue.Interval;
import dev.tidings.web.ProblemException;
import dev.tidings.web.Timestamps;
import dev.tidings.web.Violation;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which period statistics are asked for, in the words of the request's query. */
public record StatisticsQuery(
        @QueryParam("from")
        @Parameter(
                description = "Events accepted at that time or later; ISO-8601 with an offset, rounded down to the"
                        + " minute. 24 hours before to when absent",
                example = "2026-10-06T00:00:00Z")
        @Nullable
        String from,

        @QueryParam("to")
        @Parameter(
                description = "Events accepted before that time; ISO-8601 with an offset, rounded up to the minute."
                        + " Now when absent",
                example = "2026-10-07T00:00:00Z")
        @Nullable
        String to,

        @QueryParam("interval")
        @Parameter(
                description = "How long a bucket of the time series is; hours and days are those of UTC. When absent:"
                        + " minute up to three hours, hour up to a week, else day",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"minute", "hour", "day"}))
        @Nullable
        String interval) {

    static final int MOST_BUCKETS = 1_500;
    private static final Duration USUAL_PERIOD = Duration.ofDays(1);
    private static final Duration BY_MINUTE = Duration.ofHours(3);
    private static final Duration BY_HOUR = Duration.ofDays(7);

    /** A query that makes sense; {@code from} and {@code to} are whole minutes. */
    record Wanted(Instant from, Instant to, Interval interval) {}

    /** The query's meaning at that time; fails with 422 and all that is wrong at once. */
    Wanted wanted(Instant now) {
        List<Violation> violations = new ArrayList<>();
        Instant begin = moment("from", from, violations);
        Instant end = moment("to", to, violations);
        Interval named = named(violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        Instant last = Interval.MINUTE.ceiling(end == null ? now : end);
        Instant first = Interval.MINUTE.floor(begin == null ? last.minus(USUAL_PERIOD) : begin);
        if (first.isAfter(last)) {
            throw ProblemException.invalid(List.of(new Violation("from", "must not be after to")));
        }
        Interval bucket = named == null ? usual(Duration.between(first, last)) : named;
        requireFewBuckets(first, last, bucket);
        return new Wanted(first, last, bucket);
    }

    private static @Nullable Instant moment(String field, @Nullable String value, List<Violation> violations) {
        Instant moment = DeliveryQuery.moment(field, value, violations);
        if (moment != null && !Timestamps.isInReach(moment)) {
            violations.add(new Violation(field, "must be a time of the years 1970 to 9999"));
        }
        return moment;
    }

    private @Nullable Interval named(List<Violation> violations) {
        if (interval == null) {
            return null;
        }
        Interval found = Interval.of(interval).orElse(null);
        if (found == null) {
            violations.add(new Violation("interval", "must be one of minute, hour, day"));
        }
        return found;
    }

    private static Interval usual(Duration period) {
        if (period.compareTo(BY_MINUTE) <= 0) {
            return Interval.MINUTE;
        }
        return period.compareTo(BY_HOUR) <= 0 ? Interval.HOUR : Interval.DAY;
    }

    private static void requireFewBuckets(Instant from, Instant to, Interval bucket) {
        long buckets = Duration.between(bucket.floor(from), bucket.ceiling(to)).dividedBy(bucket.length());
        if (buckets > MOST_BUCKETS) {
            throw ProblemException.invalid(List.of(new Violation(
                    "interval",
                    "must be longer, or the period shorter: this makes " + buckets + " buckets, and " + MOST_BUCKETS
                            + " are the most")));
        }
    }
}
