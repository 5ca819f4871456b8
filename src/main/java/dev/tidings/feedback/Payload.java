package dev.tidings.feedback;

import dev.tidings.feedback.FeedbackEvent.Execution;
import dev.tidings.feedback.FeedbackEvent.Failure;
import dev.tidings.feedback.FeedbackEvent.Feedback;
import dev.tidings.feedback.FeedbackEvent.Identity;
import dev.tidings.feedback.FeedbackEvent.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body that a receiver gets, as an ordered tree of maps, lists and plain values for any JSON writer: key order and
 * explicit {@code null}s are part of the contract.
 */
public final class Payload {
    private final FeedbackEvent event;
    private final boolean v2;
    /** Version 2 shows the SMS facts for every SMS, and elsewhere when the event has them. */
    private final boolean sms;

    private Payload(FeedbackEvent event, PayloadVersion version) {
        this.event = event;
        this.v2 = version == PayloadVersion.V2;
        this.sms = event.channel() == Channel.SMS;
    }

    /** The payload of that event in that version. */
    public static Map<String, @Nullable Object> of(FeedbackEvent event, PayloadVersion version) {
        return new Payload(event, version).tree();
    }

    private Map<String, @Nullable Object> tree() {
        var origin = event.origin();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("requestId", origin.requestId());
        tree.put("imsOrg", origin.tenant().imsOrg());
        tree.put(
                "sandbox",
                ordered("id", origin.sandboxId(), "name", origin.tenant().sandboxName()));
        tree.put("channel", event.channel().value());
        tree.put("eventType", "message.feedback");
        putSmsFact(tree, "channelContext", event.channelContext());
        tree.put("messageExecution", execution(event.execution()));
        tree.put("messageDeliveryFeedback", feedback(event.feedback()));
        tree.put("identityMap", identities());
        return tree;
    }

    private Map<String, @Nullable Object> execution(Execution execution) {
        Map<String, @Nullable Object> tree = ordered(
                "messageExecutionID", execution.messageExecutionId(),
                "messageType", execution.messageType(),
                "campaignID", execution.campaignId(),
                "campaignVersionID", execution.campaignVersionId());
        putSmsFact(tree, "messageID", execution.messageId());
        putSmsFact(tree, "messageProfileID", execution.messageProfileId());
        if (v2) {
            tree.put("campaignType", execution.campaignType());
        }
        return tree;
    }

    private Map<String, @Nullable Object> feedback(Feedback feedback) {
        Map<String, @Nullable Object> tree = ordered(
                "feedbackStatus", ordered("value", feedback.status().published().value()),
                "offers", feedback.offers(),
                "messageExclusion", feedback.messageExclusion(),
                "messageFailure", failure(feedback),
                "retryCount", feedback.retryCount());
        Transport transport = feedback.transport();
        putSmsFact(tree, "responseCode", transport.responseCode());
        putSmsFact(tree, "responseDurationMillis", transport.responseDurationMillis());
        if (v2) {
            tree.put("encoding", transport.encoding());
            tree.put("numberOfMessageParts", transport.numberOfMessageParts());
            tree.put("deliveryTimestamp", transport.deliveryTimestamp());
        }
        return tree;
    }

    /** A late bounce is an asynchronous failure, whatever else the platform says of it. */
    private static @Nullable Map<String, @Nullable Object> failure(Feedback feedback) {
        Failure failure = feedback.failure();
        boolean late = feedback.status() == FeedbackStatus.OUT_OF_BAND;
        if (failure == null) {
            return late ? ordered("category", "async", "type", null, "code", null, "reason", null) : null;
        }
        return ordered(
                "category", late ? "async" : failure.category(),
                "type", failure.type(),
                "code", failure.code(),
                "reason", failure.reason());
    }

    private Map<String, List<Map<String, @Nullable Object>>> identities() {
        Map<String, List<Map<String, @Nullable Object>>> tree = new LinkedHashMap<>();
        event.identityMap()
                .forEach((namespace, identities) -> tree.put(
                        namespace, identities.stream().map(Payload::identity).toList()));
        return tree;
    }

    private static Map<String, @Nullable Object> identity(Identity identity) {
        return identity.primary() == null
                ? ordered("id", identity.id())
                : ordered("id", identity.id(), "primary", identity.primary());
    }

    private void putSmsFact(Map<String, @Nullable Object> tree, String key, @Nullable Object value) {
        if (v2 && (sms || value != null)) {
            tree.put(key, value);
        }
    }

    private static Map<String, @Nullable Object> ordered(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
