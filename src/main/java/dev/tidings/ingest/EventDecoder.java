package dev.tidings.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.feedback.FeedbackEvent.Execution;
import dev.tidings.feedback.FeedbackEvent.Failure;
import dev.tidings.feedback.FeedbackEvent.Feedback;
import dev.tidings.feedback.FeedbackEvent.Identity;
import dev.tidings.feedback.FeedbackEvent.Origin;
import dev.tidings.feedback.FeedbackEvent.Transport;
import dev.tidings.feedback.FeedbackStatus;
import dev.tidings.feedback.Tenant;
import dev.tidings.feedback.VisibleAscii;
import dev.tidings.web.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a feedback event in the payload's shape, either version, with the optional {@code eventId} and
 * {@code timestamp}. Unknown fields are ignored; what the payload always shows is required.
 */
final class EventDecoder {
    private static final int LONGEST_EVENT_ID = 64;
    private static final int LONGEST_NAME = 128;
    private static final int MOST_NAMESPACES = 20;
    private static final int MOST_IDENTITIES = 100;
    private static final Set<String> MESSAGE_TYPES = Set.of("transactional", "marketing");

    private EventDecoder() {}

    static Decoded decode(JsonNode json) {
        if (!json.isObject()) {
            return new Decoded.Bad(null, List.of(new Violation("", "A feedback event must be a JSON object")));
        }
        Fields fields = Fields.of(json);
        var event = new FeedbackEvent(
                origin(fields),
                fields.word("channel", Channel::of, Channel.values(), Channel::value),
                execution(fields.object("messageExecution")),
                feedback(fields.object("messageDeliveryFeedback")),
                fields.optionalObject("channelContext"),
                identityMap(fields));
        return fields.violations().isEmpty()
                ? new Decoded.Event(event)
                : new Decoded.Bad(textOf(json.get("eventId")), fields.violations());
    }

    private static Origin origin(Fields fields) {
        Fields sandbox = fields.object("sandbox");
        if (!fields.string("eventType").equals("message.feedback") && fields.get("eventType") != null) {
            fields.violate("eventType", "must be message.feedback; opens and clicks are tracking, not feedback");
        }
        return new Origin(
                eventId(fields),
                fields.optionalTimestamp("timestamp"),
                fields.string("requestId", 255),
                new Tenant(fields.string("imsOrg", LONGEST_NAME), sandbox.string("name", LONGEST_NAME)),
                sandbox.string("id", LONGEST_NAME));
    }

    /** It becomes the header {@code webhook-id}, so only what a header carries unharmed is taken. */
    private static @Nullable String eventId(Fields fields) {
        String eventId = fields.optionalString("eventId", LONGEST_EVENT_ID);
        if (eventId != null && !VisibleAscii.is(eventId)) {
            fields.violate("eventId", "must be 1 to 64 visible ASCII characters, without spaces");
        }
        return eventId;
    }

    private static Execution execution(Fields fields) {
        String messageType = fields.string("messageType");
        if (!messageType.isEmpty() && !MESSAGE_TYPES.contains(messageType)) {
            fields.violate("messageType", "must be transactional or marketing");
        }
        return new Execution(
                fields.string("messageExecutionID", 255),
                messageType,
                fields.string("campaignID", LONGEST_NAME),
                fields.string("campaignVersionID", LONGEST_NAME),
                fields.optionalString("messageID"),
                fields.optionalString("messageProfileID"),
                fields.optionalString("campaignType"));
    }

    private static Feedback feedback(Fields fields) {
        Long retryCount = fields.optionalInteger("retryCount", Integer.MAX_VALUE);
        return new Feedback(
                fields.object("feedbackStatus")
                        .word("value", FeedbackStatus::of, FeedbackStatus.values(), FeedbackStatus::value),
                fields.optionalObject("offers"),
                fields.optionalObject("messageExclusion"),
                failure(fields.optionalFields("messageFailure")),
                retryCount == null ? null : retryCount.intValue(),
                transport(fields));
    }

    private static @Nullable Failure failure(@Nullable Fields fields) {
        return fields == null
                ? null
                : new Failure(
                        fields.optionalString("category"),
                        fields.optionalString("type"),
                        fields.optionalString("code"),
                        fields.optionalString("reason"));
    }

    private static Transport transport(Fields fields) {
        Long responseCode = fields.optionalInteger("responseCode", Integer.MAX_VALUE);
        return new Transport(
                responseCode == null ? null : responseCode.intValue(),
                fields.optionalInteger("responseDurationMillis", Long.MAX_VALUE),
                fields.optionalString("encoding"),
                fields.optionalString("numberOfMessageParts"),
                fields.optionalString("deliveryTimestamp"));
    }

    private static Map<String, List<Identity>> identityMap(Fields fields) {
        Map<String, List<Identity>> map = new LinkedHashMap<>();
        JsonNode json = fields.get("identityMap");
        if (json == null || !json.isObject() || json.isEmpty() || json.size() > MOST_NAMESPACES) {
            fields.violate("identityMap", "must be an object of 1 to " + MOST_NAMESPACES + " namespaces");
            return map;
        }
        json.properties().forEach(namespace -> {
            String path = "identityMap." + namespace.getKey();
            map.put(namespace.getKey(), identities(fields, path, namespace.getValue()));
        });
        return map;
    }

    private static List<Identity> identities(Fields fields, String path, JsonNode json) {
        List<Identity> identities = new ArrayList<>();
        if (!json.isArray() || json.isEmpty() || json.size() > MOST_IDENTITIES) {
            fields.violate(path, "must be a list of 1 to " + MOST_IDENTITIES + " identities, each with an id");
            return identities;
        }
        for (int i = 0; i < json.size(); i++) {
            String where = path + "[" + i + "]";
            if (json.get(i).isObject()) {
                Fields identity = fields.inside(json.get(i), where);
                identities.add(new Identity(identity.string("id"), identity.optionalBoolean("primary")));
            } else {
                fields.violate(where, "must be an object with an id");
            }
        }
        return identities;
    }

    private static @Nullable String textOf(@Nullable JsonNode node) {
        return node != null && node.isTextual() ? node.textValue() : null;
    }
}
