package dev.tidings.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one message for one recipient; immutable.
 *
 * @param origin who triggered the message, and the caller's own marks on this event
 * @param channel how the message travelled
 * @param execution the run of the campaign that it belongs to
 * @param feedback what became of it
 * @param channelContext the address facts of an SMS, as they came; {@code null} when there are none
 * @param identityMap the recipient: namespace (as it came, order kept) to identities
 */
public record FeedbackEvent(
        Origin origin,
        Channel channel,
        Execution execution,
        Feedback feedback,
        @Nullable Map<String, @Nullable Object> channelContext,
        Map<String, List<Identity>> identityMap) {

    /** The owner of the event. */
    public Tenant tenant() {
        return origin.tenant();
    }

    /**
     * Where an event comes from.
     *
     * @param eventId the caller's idempotency key, at most 64 visible ASCII characters, or {@code null}
     * @param timestamp when it happened, if the caller says so
     * @param requestId the id of the API request that triggered the message
     * @param tenant organization and sandbox
     * @param sandboxId the sandbox's id, a UUID
     */
    public record Origin(
            @Nullable String eventId, @Nullable Instant timestamp, String requestId, Tenant tenant, String sandboxId) {}

    /**
     * The execution of a message; its recipients share it.
     *
     * @param messageId the message's id, SMS only; {@code null} when unknown
     * @param messageProfileId the message's profile id, SMS only; {@code null} when unknown
     * @param campaignType {@code ApiTriggered} and its kin; {@code null} when unknown
     */
    public record Execution(
            String messageExecutionId,
            String messageType,
            String campaignId,
            String campaignVersionId,
            @Nullable String messageId,
            @Nullable String messageProfileId,
            @Nullable String campaignType) {}

    /**
     * What became of the message.
     *
     * @param offers an object of the platform's, passed on as it came, or {@code null}
     * @param messageExclusion likewise
     * @param failure why it failed, or {@code null}
     * @param retryCount how often the <em>message</em> was tried before this event, or {@code null}
     * @param transport what the provider told, SMS only
     */
    public record Feedback(
            FeedbackStatus status,
            @Nullable Map<String, @Nullable Object> offers,
            @Nullable Map<String, @Nullable Object> messageExclusion,
            @Nullable Failure failure,
            @Nullable Integer retryCount,
            Transport transport) {}

    /** Why a message failed: {@code category} is {@code sync} or {@code async}, {@code code} a number in a string. */
    public record Failure(
            @Nullable String category,
            @Nullable String type,
            @Nullable String code,
            @Nullable String reason) {}

    /** What the provider told of the transport; all of it may be unknown. {@code numberOfMessageParts} is a string. */
    public record Transport(
            @Nullable Integer responseCode,
            @Nullable Long responseDurationMillis,
            @Nullable String encoding,
            @Nullable String numberOfMessageParts,
            @Nullable String deliveryTimestamp) {

        /** Nothing is known. */
        public static final Transport UNKNOWN = new Transport(null, null, null, null, null);
    }

    /** One identity of the recipient; {@code primary} is {@code null} when the event does not say. */
    public record Identity(String id, @Nullable Boolean primary) {}
}
