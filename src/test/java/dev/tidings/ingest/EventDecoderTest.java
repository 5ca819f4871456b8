package dev.tidings.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.feedback.Payload;
import dev.tidings.feedback.PayloadVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode sample(String name) {
        try {
            return (ObjectNode) JSON.readTree(Files.readString(Path.of("src/docs/samples", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FeedbackEvent event(JsonNode json) {
        return ((Decoded.Event) EventDecoder.decode(json)).event();
    }

    private static String reason(Consumer<ObjectNode> spoil) {
        ObjectNode json = sample("email-bounce.json");
        spoil.accept(json);
        return EventDecoder.decode(json) instanceof Decoded.Bad bad ? bad.reason() : "(taken)";
    }

    @Test
    void versionOneComesOutToTheLetter() throws IOException {
        ObjectNode sample = sample("email-bounce.json");

        String rendered = JSON.writeValueAsString(Payload.of(event(sample), PayloadVersion.V1));

        // As text: key order and explicit nulls count.
        assertThat(rendered).isEqualTo(JSON.writeValueAsString(sample));
    }

    @Test
    void versionTwoComesOutToTheLetter() throws IOException {
        ObjectNode sample = sample("sms-delivered-v2.json");

        String rendered = JSON.writeValueAsString(Payload.of(event(sample), PayloadVersion.V2));

        assertThat(rendered).isEqualTo(JSON.writeValueAsString(sample));
    }

    @Test
    void versionTwoOfAnEmailHasTheNewFieldsAsNullAndNoSmsFacts() {
        JsonNode rendered = JSON.valueToTree(Payload.of(event(sample("email-bounce.json")), PayloadVersion.V2));

        assertThat(rendered.at("/messageExecution").has("campaignType")).isTrue();
        assertThat(rendered.at("/messageExecution").has("messageID")).isFalse();
        assertThat(rendered.has("channelContext")).isFalse();
        JsonNode feedback = rendered.at("/messageDeliveryFeedback");
        assertThat(feedback.get("encoding").isNull()).isTrue();
        assertThat(feedback.get("numberOfMessageParts").isNull()).isTrue();
        assertThat(feedback.get("deliveryTimestamp").isNull()).isTrue();
        assertThat(feedback.has("responseCode")).isFalse();
    }

    @Test
    void versionOneOfAnSmsHasNothingOfVersionTwo() {
        JsonNode rendered = JSON.valueToTree(Payload.of(event(sample("sms-delivered-v2.json")), PayloadVersion.V1));

        assertThat(rendered.has("channelContext")).isFalse();
        assertThat(rendered.get("messageExecution").size()).isEqualTo(4);
        assertThat(rendered.get("messageDeliveryFeedback").size()).isEqualTo(5);
    }

    @Test
    void aLateBounceIsSentAsAnAsynchronousBounce() {
        ObjectNode late = sample("email-bounce.json");
        ((ObjectNode) late.at("/messageDeliveryFeedback/feedbackStatus")).put("value", "out_of_band");

        JsonNode rendered = JSON.valueToTree(Payload.of(event(late), PayloadVersion.V1));

        assertThat(rendered.at("/messageDeliveryFeedback/feedbackStatus/value").textValue())
                .isEqualTo("bounce");
        assertThat(rendered.at("/messageDeliveryFeedback/messageFailure/category")
                        .textValue())
                .isEqualTo("async");
    }

    @Test
    void objectsOfThePlatformPassAsTheyCame() throws IOException {
        ObjectNode json = sample("email-bounce.json");
        JsonNode offers = JSON.readTree("{\"b\": [1, 2.50, null], \"a\": {\"x\": true}}");
        ((ObjectNode) json.get("messageDeliveryFeedback")).set("offers", offers);

        String rendered = JSON.writeValueAsString(Payload.of(event(json), PayloadVersion.V1));

        assertThat(rendered).contains("\"offers\":{\"b\":[1,2.5,null],\"a\":{\"x\":true}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/requestId",
                "/imsOrg",
                "/sandbox",
                "/sandbox/id",
                "/sandbox/name",
                "/channel",
                "/eventType",
                "/messageExecution",
                "/messageExecution/messageExecutionID",
                "/messageExecution/messageType",
                "/messageExecution/campaignID",
                "/messageExecution/campaignVersionID",
                "/messageDeliveryFeedback",
                "/messageDeliveryFeedback/feedbackStatus",
                "/messageDeliveryFeedback/feedbackStatus/value"
            })
    void whatThePayloadAlwaysShowsIsRequired(String pointer) {
        int slash = pointer.lastIndexOf('/');
        String field = pointer.substring(1).replace('/', '.');

        String reason = reason(
                json -> ((ObjectNode) json.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1)));

        assertThat(reason).isEqualTo(field + ": is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channel | 7 | channel: must be a string",
                "channel | \"fax\" | channel: must be one of email, sms; is: fax",
                "eventType | \"open\" | eventType: must be message.feedback; opens and clicks are tracking, not feedback",
                "imsOrg | \"\" | imsOrg: must not be empty",
                "imsOrg | \"a\\u0000b\" | imsOrg: must not contain control characters",
                "sandbox | [] | sandbox: must be an object",
                "eventId | \"with space\" | eventId: must be 1 to 64 visible ASCII characters, without spaces",
                "timestamp | \"yesterday\" | timestamp: must be an ISO-8601 date and time with an offset, such as"
                        + " 2026-10-06T18:22:41.512Z",
                "identityMap | {} | identityMap: must be an object of 1 to 20 namespaces",
                "identityMap | {\"email\": []} | identityMap.email: must be a list of 1 to 100 identities, each with an id",
                "identityMap | {\"email\": [7]} | identityMap.email[0]: must be an object with an id",
                "identityMap | {\"email\": [{}]} | identityMap.email[0].id: is required",
                "unknown | {\"x\": 1} | (taken)"
            })
    void aWrongFieldIsNamedWithWhatIsWrong(String field, String value, String reason) {
        assertThat(reason(json -> json.set(field, read(value)))).isEqualTo(reason);
    }

    @Test
    void allViolationsAreToldAtOnce() {
        assertThat(reason(
                        json -> json.put("channel", "fax").put("requestId", "").remove("imsOrg")))
                .contains("channel: ", "requestId: ", "imsOrg: ");
    }

    @Test
    void anEventIsAnObject() {
        assertThat(EventDecoder.decode(read("\"text\""))).isInstanceOf(Decoded.Bad.class);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
