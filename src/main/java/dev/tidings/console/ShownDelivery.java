package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tidings.queue.DeliveryDetail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One delivery with its payload and attempts.
 *
 * @param payload the stored bytes, set in as they are: key order, {@code null}s and numbers as every attempt sends them;
 *     masked for whoever may not see identities
 */
@Schema(
        name = "DeliveryDetail",
        requiredProperties = {
            "id",
            "eventId",
            "state",
            "channel",
            "feedbackStatus",
            "campaignID",
            "requestId",
            "messageExecutionID",
            "acceptedAt",
            "attemptCount",
            "nextAttemptAt",
            "payload",
            "attempts"
        })
public record ShownDelivery(
        @JsonUnwrapped ListedDelivery delivery,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                nullable = true,
                description =
                        "The body of every attempt, to the letter; null when it was erased or its retention has ended")
        @Nullable
        RawValue payload,

        List<ShownAttempt> attempts) {

    static ShownDelivery of(DeliveryDetail detail, WaitingFor waiting, boolean masked) {
        return new ShownDelivery(
                ListedDelivery.of(detail.delivery(), waiting),
                payload(detail, masked),
                detail.attempts().stream()
                        .map(attempt -> ShownAttempt.of(
                                attempt, detail.delivery().about().eventId(), masked))
                        .toList());
    }

    private static @Nullable RawValue payload(DeliveryDetail detail, boolean masked) {
        if (detail.isBare()) {
            return null;
        }
        String payload = new String(detail.payload(), StandardCharsets.UTF_8);
        return new RawValue(masked ? PayloadMask.masked(payload) : payload);
    }
}
