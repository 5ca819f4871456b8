package dev.tidings.console;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackStatus;
import dev.tidings.queue.DeliveryFilter;
import dev.tidings.queue.DeliveryFilter.Correlation;
import dev.tidings.queue.DeliveryFilter.Period;
import dev.tidings.queue.DeliveryState.Kind;
import dev.tidings.web.PageQuery;
import dev.tidings.web.ProblemException;
import dev.tidings.web.Timestamps;
import dev.tidings.web.Violation;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of the delivery log, in the words of its query. All of them are texts, so that a bad one gets an
 * answer that says what it should have been.
 */
public record DeliveryQuery(
        @QueryParam("state")
        @Parameter(
                description = "Where the delivery stands",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"pending", "delivering", "retrying", "delivered", "failed", "skipped"}))
        @Nullable
        String state,

        @QueryParam("channel")
        @Parameter(
                description = "How the message travelled",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"email", "sms"}))
        @Nullable
        String channel,

        @QueryParam("feedbackStatus")
        @Parameter(
                description = "What became of the message, for example bounce. A late bounce, out_of_band, is a bounce")
        @Nullable
        String feedbackStatus,

        @QueryParam("campaignID") @Parameter(description = "The campaign's id, exactly") @Nullable
        String campaignId,

        @QueryParam("requestId")
        @Parameter(description = "The id of the API request that triggered the message")
        @Nullable
        String requestId,

        @QueryParam("messageExecutionID")
        @Parameter(description = "The execution that the message belongs to")
        @Nullable
        String messageExecutionId,

        @QueryParam("from")
        @Parameter(
                description = "Accepted at that time or later; ISO-8601 with an offset",
                example = "2026-10-06T00:00:00Z")
        @Nullable
        String from,

        @QueryParam("to")
        @Parameter(description = "Accepted before that time; ISO-8601 with an offset", example = "2026-10-07T00:00:00Z")
        @Nullable
        String to,

        @QueryParam("limit") @Nullable String limit,

        @QueryParam("cursor") @Nullable String cursor) {

    /** A query that makes sense. */
    record Wanted(DeliveryFilter filter, PageQuery page) {}

    /** The query's meaning; fails with 422 and all that is wrong at once. */
    Wanted wanted() {
        List<Violation> violations = new ArrayList<>();
        DeliveryFilter filter = filter(violations);
        PageQuery page = PageQuery.read(limit, cursor, violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return new Wanted(filter, page);
    }

    /** The filters alone; what is wrong with them is noted, and does not narrow. */
    DeliveryFilter filter(List<Violation> violations) {
        Kind wantedState = word("state", state, Kind::of, words(Kind.values(), Kind::value), violations);
        Channel wantedChannel =
                word("channel", channel, Channel::of, words(Channel.values(), Channel::value), violations);
        FeedbackStatus wantedStatus = word(
                "feedbackStatus",
                feedbackStatus,
                FeedbackStatus::of,
                words(FeedbackStatus.values(), FeedbackStatus::value),
                violations);
        Correlation correlation = new Correlation(
                text("campaignID", campaignId, violations),
                text("requestId", requestId, violations),
                text("messageExecutionID", messageExecutionId, violations));
        return new DeliveryFilter(wantedState, wantedChannel, wantedStatus, correlation, period(violations));
    }

    private static <T> String words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
    }

    private static <T> @Nullable T word(
            String field,
            @Nullable String value,
            Function<String, Optional<T>> known,
            String words,
            List<Violation> violations) {
        if (value == null) {
            return null;
        }
        Optional<T> found = known.apply(value);
        if (found.isEmpty()) {
            violations.add(new Violation(field, "must be one of " + words));
        }
        return found.orElse(null);
    }

    /** PostgreSQL holds no NUL in a text, and no id has a control character: such a filter is a mistake. */
    private static @Nullable String text(String field, @Nullable String value, List<Violation> violations) {
        if (value != null && value.chars().anyMatch(Character::isISOControl)) {
            violations.add(new Violation(field, "must be an id, without control characters"));
        }
        return value;
    }

    private Period period(List<Violation> violations) {
        Instant begin = moment("from", from, violations);
        Instant end = moment("to", to, violations);
        if (begin != null && end != null && begin.isAfter(end)) {
            violations.add(new Violation("from", "must not be after to"));
        }
        return new Period(begin, end);
    }

    static @Nullable Instant moment(String field, @Nullable String value, List<Violation> violations) {
        Instant moment = value == null ? null : Timestamps.of(value).orElse(null);
        if (value != null && moment == null) {
            violations.add(new Violation(
                    field, "must be a time in ISO-8601 with an offset, for example 2026-10-06T12:00:00Z"));
        }
        return moment;
    }
}
