package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.Sent;
import dev.tidings.console.ShownTrace.Own;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What came of a test event. A receiver that refuses it is an answer, not an error. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "TestEventResult",
        requiredProperties = {"delivered", "durationMillis", "requestBody"})
public record TestEventAnswer(
        @Schema(description = "Whether the endpoint answered 2xx")
        boolean delivered,

        @Schema(description = "Absent when no whole answer came") @Nullable
        Integer statusCode,

        @Schema(description = "Why no answer came, in words") @Nullable
        String error,

        long durationMillis,

        @Schema(description = "The start of the answer's body, at most 20 kB") @Nullable
        String responseBody,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "The body that was sent, to the letter")
        RawValue requestBody,

        @Schema(description = "How it went") @JsonUnwrapped ShownTrace trace) {

    static TestEventAnswer of(Sent attempt, Own own, Duration took, byte[] body) {
        RawValue sent = new RawValue(new String(body, StandardCharsets.UTF_8));
        ShownTrace trace = ShownTrace.of(attempt.trace(), own);
        return switch (attempt.result()) {
            case SendResult.Answered answered ->
                new TestEventAnswer(
                        answered.statusCode() / 100 == 2,
                        answered.statusCode(),
                        null,
                        took.toMillis(),
                        answered.body(),
                        sent,
                        trace);
            case SendResult.Broken broken ->
                new TestEventAnswer(false, null, broken.error(), took.toMillis(), null, sent, trace);
        };
    }
}
