package dev.tidings.ingest;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The posted event as the OpenAPI document describes it; {@link EventDecoder} reads the real one. */
@Schema(name = "FeedbackEvent", description = "A feedback event, in the payload's shape of either version.")
record PostedEvent(
        @Schema(description = "Optional idempotency key, visible ASCII", maxLength = 64) @Nullable
        String eventId,

        @Schema(description = "Optional: when it happened, ISO-8601") @Nullable
        String timestamp,

        @Schema(required = true) String requestId,
        @Schema(required = true) String imsOrg,
        @Schema(required = true) Sandbox sandbox,

        @Schema(
                required = true,
                enumeration = {"email", "sms"})
        String channel,

        @Schema(required = true, enumeration = "message.feedback")
        String eventType,

        @Nullable Map<String, Object> channelContext,
        @Schema(required = true) MessageExecution messageExecution,
        @Schema(required = true) MessageDeliveryFeedback messageDeliveryFeedback,

        @Schema(required = true, description = "namespace → identities")
        Map<String, List<Identity>> identityMap) {

    record Sandbox(
            @Schema(required = true) String id,
            @Schema(required = true) String name) {}

    record MessageExecution(
            @Schema(required = true) String messageExecutionID,

            @Schema(
                    required = true,
                    enumeration = {"transactional", "marketing"})
            String messageType,

            @Schema(required = true) String campaignID,
            @Schema(required = true) String campaignVersionID,
            @Nullable String messageID,
            @Nullable String messageProfileID,
            @Nullable String campaignType) {}

    record MessageDeliveryFeedback(
            @Schema(required = true) Status feedbackStatus,
            @Nullable Map<String, Object> offers,
            @Nullable Map<String, Object> messageExclusion,
            @Nullable MessageFailure messageFailure,
            @Nullable Integer retryCount,
            @Nullable Integer responseCode,
            @Nullable Long responseDurationMillis,
            @Nullable String encoding,
            @Nullable String numberOfMessageParts,
            @Nullable String deliveryTimestamp) {}

    record Status(
            @Schema(
                    required = true,
                    enumeration = {
                        "sent",
                        "delivered",
                        "bounce",
                        "error",
                        "out_of_band",
                        "exclude",
                        "delay",
                        "duplicate",
                        "denylist",
                        "read",
                        "unknown"
                    })
            String value) {}

    record MessageFailure(
            @Nullable String category,
            @Nullable String type,
            @Nullable String code,
            @Nullable String reason) {}

    record Identity(
            @Schema(required = true) String id, @Nullable Boolean primary) {}

    static final String EXAMPLE = """
            {"requestId": "8NoByJneShCdCGRnrGS1t1m3CdA73dhR", "imsOrg": "myImsOrg",
             "sandbox": {"id": "068abf40-575e-11ea-8512-9b1bfdb82603", "name": "prod"},
             "channel": "email", "eventType": "message.feedback",
             "messageExecution": {"messageExecutionID": "HUMA-26362805", "messageType": "transactional",
               "campaignID": "16f24a15-7e21-477c-848a-d5695ca7f137",
               "campaignVersionID": "2ca10c10-56dd-4505-87cd-fa5da84e7a5d"},
             "messageDeliveryFeedback": {"feedbackStatus": {"value": "bounce"}, "offers": null,
               "messageExclusion": null, "messageFailure": {"category": "sync", "type": "Ignored", "code": "25",
               "reason": "Admin Failure"}, "retryCount": 0},
             "identityMap": {"email": [{"id": "john.doe@luma.com", "primary": true}]}}
            """;

    static final String RECEIPT = """
            {"accepted": 1, "duplicates": 0, "skipped": 0, "rejected": 0,
             "results": [{"index": 0, "eventId": "0198f5b2-0000-7000-8000-000000000000", "status": "accepted"}]}
            """;
}
