package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.queue.DeliveryFilter;
import dev.tidings.queue.DeliveryFilter.Period;
import dev.tidings.queue.DeliveryState.Kind;
import dev.tidings.web.JsonFields;
import dev.tidings.web.ProblemException;
import dev.tidings.web.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A replay that is asked for and makes sense.
 *
 * @param filter which deliveries; its period ends now at the latest
 */
record ReplayDraft(DeliveryFilter filter, int ratePerSecond, boolean dryRun) {
    private static final Set<String> FILTERS = new TreeSet<>(Set.of(
            "state", "channel", "feedbackStatus", "campaignID", "requestId", "messageExecutionID", "from", "to"));

    private static final int LONGEST = 256;

    /** What the body of the request looks like. */
    @Schema(
            name = "ReplayRequest",
            requiredProperties = {"filter"})
    record Posted(
            Filter filter,

            @Schema(
                    description =
                            "How many deliveries a second are put into the queue; when absent, and at most, as many"
                                    + " as is configured (100 and 1,000)",
                    minimum = "1",
                    defaultValue = "100")
            @Nullable
            Integer ratePerSecond,

            @Schema(description = "Only counts what the filter selects", defaultValue = "false") @Nullable
            Boolean dryRun) {}

    /** The filters of the delivery log, in a JSON object. */
    @Schema(
            name = "ReplayFilter",
            description = "Which deliveries, as for listDeliveries; all that is named narrows. An empty object selects"
                    + " every delivery of the sandbox")
    record Filter(
            @Schema(enumeration = {"pending", "delivering", "retrying", "delivered", "failed"}) @Nullable
            String state,

            @Schema(enumeration = {"email", "sms"}) @Nullable
            String channel,

            @Nullable String feedbackStatus,
            @JsonProperty("campaignID") @Nullable String campaignId,
            @Nullable String requestId,
            @JsonProperty("messageExecutionID") @Nullable String messageExecutionId,

            @Schema(format = "date-time", description = "Accepted at that time or later") @Nullable
            String from,

            @Schema(format = "date-time", description = "Accepted before that time; now at the latest") @Nullable
            String to) {}

    /** Reads the body's fields at that time; fails with 422 and what is wrong. */
    static ReplayDraft read(JsonFields body, ReplayConfig config, Instant now) {
        Integer rate = body.optionalInteger("ratePerSecond", 1, config.highestRatePerSecond());
        Boolean dryRun = body.optionalBoolean("dryRun");
        JsonFields filter = body.optionalObject("filter");
        if (!body.has("filter")) {
            body.violate("filter", "is required: an empty object selects every delivery of the sandbox");
        }
        DeliveryQuery query = filter == null ? null : query(filter, Objects.requireNonNull(body.get("filter")));
        body.check();
        return new ReplayDraft(
                filter(Objects.requireNonNull(query), now),
                rate == null ? Math.min(config.ratePerSecond(), config.highestRatePerSecond()) : rate,
                Boolean.TRUE.equals(dryRun));
    }

    /** A filter that is not known may not be passed over: it would select more than was meant. */
    private static DeliveryQuery query(JsonFields filter, JsonNode node) {
        node.fieldNames().forEachRemaining(name -> {
            if (!FILTERS.contains(name)) {
                filter.violate(name, "is no filter: use one of " + String.join(", ", FILTERS));
            }
        });
        return new DeliveryQuery(
                filter.optionalLine("state", LONGEST),
                filter.optionalLine("channel", LONGEST),
                filter.optionalLine("feedbackStatus", LONGEST),
                filter.optionalLine("campaignID", LONGEST),
                filter.optionalLine("requestId", LONGEST),
                filter.optionalLine("messageExecutionID", LONGEST),
                filter.optionalLine("from", LONGEST),
                filter.optionalLine("to", LONGEST),
                null,
                null);
    }

    private static DeliveryFilter filter(DeliveryQuery query, Instant now) {
        List<Violation> violations = new ArrayList<>();
        DeliveryFilter filter = query.filter(violations);
        if (filter.state() == Kind.SKIPPED) {
            violations.add(new Violation(
                    "state", "must not be skipped: what was recorded and never sent can't be sent again"));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations.stream()
                    .map(one -> new Violation("filter." + one.field(), one.message()))
                    .toList());
        }
        return until(filter, now);
    }

    /** What is accepted after the replay was asked for is not among what was seen when it was. */
    private static DeliveryFilter until(DeliveryFilter filter, Instant now) {
        Instant to = filter.period().to();
        return new DeliveryFilter(
                filter.state(),
                filter.channel(),
                filter.feedbackStatus(),
                filter.correlation(),
                new Period(filter.period().from(), to == null || to.isAfter(now) ? now : to));
    }
}
