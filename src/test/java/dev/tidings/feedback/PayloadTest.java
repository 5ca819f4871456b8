package dev.tidings.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.feedback.FeedbackEvent.Failure;
import dev.tidings.feedback.FeedbackEvent.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of both versions, from events that were made by hand. */
class PayloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Lays out as the samples are laid out, so that a payload and its sample can be compared byte by byte. */
    private static byte[] asSample(FeedbackEvent event, PayloadVersion version) throws JsonProcessingException {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return (JSON.writer(printer).writeValueAsString(Payload.of(event, version)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/docs/samples", name));
    }

    private static JsonNode tree(FeedbackEvent event, PayloadVersion version) {
        return JSON.valueToTree(Payload.of(event, version));
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void versionOneIsTheSampleToTheByte() throws IOException {
        assertThat(asSample(Events.emailBounce(), PayloadVersion.V1)).isEqualTo(sample("email-bounce.json"));
    }

    @Test
    void versionTwoIsTheSampleToTheByte() throws IOException {
        assertThat(asSample(Events.smsDelivered(), PayloadVersion.V2)).isEqualTo(sample("sms-delivered-v2.json"));
    }

    @ParameterizedTest
    @EnumSource
    void versionOneHasTheSameKeysInTheSameOrderForEveryChannel(Channel channel) {
        JsonNode payload = tree(Events.of(channel), PayloadVersion.V1);

        assertThat(keys(payload))
                .containsExactly(
                        "requestId",
                        "imsOrg",
                        "sandbox",
                        "channel",
                        "eventType",
                        "messageExecution",
                        "messageDeliveryFeedback",
                        "identityMap");
        assertThat(keys(payload.get("sandbox"))).containsExactly("id", "name");
        assertThat(keys(payload.get("messageExecution")))
                .containsExactly("messageExecutionID", "messageType", "campaignID", "campaignVersionID");
        assertThat(keys(payload.get("messageDeliveryFeedback")))
                .containsExactly("feedbackStatus", "offers", "messageExclusion", "messageFailure", "retryCount");
        assertThat(payload.get("channel").textValue()).isEqualTo(channel.value());
    }

    @Test
    void versionTwoOfAnSmsHasAllItsKeysAlsoWhenNothingIsKnown() {
        FeedbackEvent bare = Events.bare(Channel.SMS);

        JsonNode payload = tree(bare, PayloadVersion.V2);

        assertThat(keys(payload))
                .containsExactly(
                        "requestId",
                        "imsOrg",
                        "sandbox",
                        "channel",
                        "eventType",
                        "channelContext",
                        "messageExecution",
                        "messageDeliveryFeedback",
                        "identityMap");
        assertThat(keys(payload.get("messageExecution")))
                .containsExactly(
                        "messageExecutionID",
                        "messageType",
                        "campaignID",
                        "campaignVersionID",
                        "messageID",
                        "messageProfileID",
                        "campaignType");
        assertThat(keys(payload.get("messageDeliveryFeedback")))
                .containsExactly(
                        "feedbackStatus",
                        "offers",
                        "messageExclusion",
                        "messageFailure",
                        "retryCount",
                        "responseCode",
                        "responseDurationMillis",
                        "encoding",
                        "numberOfMessageParts",
                        "deliveryTimestamp");
        assertThat(payload.get("channelContext").isNull()).isTrue();
        assertThat(payload.at("/messageExecution/messageID").isNull()).isTrue();
        assertThat(payload.at("/messageExecution/campaignType").isNull()).isTrue();
        for (String key : keys(payload.get("messageDeliveryFeedback")).subList(1, 10)) {
            assertThat(payload.get("messageDeliveryFeedback").get(key).isNull())
                    .as(key)
                    .isTrue();
        }
    }

    @Test
    void versionTwoOfAnEmailShowsSmsFactsOnlyWhenItHasThem() {
        JsonNode bare = tree(Events.bare(Channel.EMAIL), PayloadVersion.V2);
        JsonNode withThem = tree(Events.of(Channel.EMAIL), PayloadVersion.V2);

        assertThat(bare.has("channelContext")).isFalse();
        assertThat(keys(bare.get("messageExecution"))).doesNotContain("messageID", "messageProfileID");
        assertThat(keys(bare.get("messageDeliveryFeedback")))
                .doesNotContain("responseCode", "responseDurationMillis")
                .contains("encoding", "numberOfMessageParts", "deliveryTimestamp");
        assertThat(withThem.has("channelContext")).isTrue();
        assertThat(keys(withThem.get("messageExecution"))).contains("messageID", "messageProfileID");
        assertThat(keys(withThem.get("messageDeliveryFeedback"))).contains("responseCode", "responseDurationMillis");
    }

    @Test
    void valuesKeepTheirTypes() {
        JsonNode feedback = tree(Events.of(Channel.SMS), PayloadVersion.V2).get("messageDeliveryFeedback");

        assertThat(feedback.get("retryCount").isInt()).isTrue();
        assertThat(feedback.get("responseCode").isInt()).isTrue();
        assertThat(feedback.get("responseDurationMillis").longValue()).isEqualTo(5_000_000_000L);
        assertThat(feedback.get("numberOfMessageParts").isTextual()).isTrue();
        assertThat(feedback.at("/messageFailure/code").isTextual()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SENT, sent",
        "DELIVERED, delivered",
        "BOUNCE, bounce",
        "ERROR, error",
        "OUT_OF_BAND, bounce",
        "EXCLUDE, exclude",
        "DELAY, delay",
        "DUPLICATE, duplicate",
        "DENYLIST, denylist",
        "READ, read",
        "UNKNOWN, unknown"
    })
    void everyStatusHasItsWordInAnObject(FeedbackStatus status, String word) {
        for (PayloadVersion version : PayloadVersion.values()) {
            JsonNode shown = tree(Events.about(status, null), version).at("/messageDeliveryFeedback/feedbackStatus");
            assertThat(shown.toString()).isEqualTo("{\"value\":\"" + word + "\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyALateBounceChangesAFailuresCategory(FeedbackStatus status) {
        Failure sync = new Failure("sync", "Hard", "10", "Invalid Recipient");
        String category = status == FeedbackStatus.OUT_OF_BAND ? "async" : "sync";

        JsonNode failure =
                tree(Events.about(status, sync), PayloadVersion.V1).at("/messageDeliveryFeedback/messageFailure");

        assertThat(failure.toString())
                .isEqualTo("{\"category\":\"" + category
                        + "\",\"type\":\"Hard\",\"code\":\"10\",\"reason\":\"Invalid Recipient\"}");
    }

    @Test
    void aLateBounceOfWhichNothingIsKnownIsAsynchronousAllTheSame() {
        assertThat(tree(Events.about(FeedbackStatus.OUT_OF_BAND, null), PayloadVersion.V1)
                        .at("/messageDeliveryFeedback/messageFailure")
                        .toString())
                .isEqualTo("{\"category\":\"async\",\"type\":null,\"code\":null,\"reason\":null}");
        assertThat(tree(Events.about(FeedbackStatus.BOUNCE, null), PayloadVersion.V1)
                        .at("/messageDeliveryFeedback/messageFailure")
                        .isNull())
                .isTrue();
    }

    @Test
    void whatThePlatformHandsThroughKeepsItsOrderAndItsNulls() {
        Map<String, @Nullable Object> offers = new LinkedHashMap<>();
        offers.put("z", 1);
        offers.put("a", null);
        offers.put("m", Map.of("deep", List.of(1, "two")));

        String shown = tree(Events.with(offers), PayloadVersion.V1)
                .at("/messageDeliveryFeedback/offers")
                .toString();

        assertThat(shown).isEqualTo("{\"z\":1,\"a\":null,\"m\":{\"deep\":[1,\"two\"]}}");
    }

    @Test
    void theIdentityMapKeepsNamespacesAsTheyCame() {
        Map<String, List<Identity>> map = new LinkedHashMap<>();
        map.put("Phone", List.of(new Identity("+15555550123", null)));
        map.put("email", List.of(new Identity("a@b.c", true), new Identity("d@e.f", false)));
        map.put("ECID", List.of());

        assertThat(tree(Events.of(map), PayloadVersion.V1).get("identityMap").toString())
                .isEqualTo("{\"Phone\":[{\"id\":\"+15555550123\"}],\"email\":[{\"id\":\"a@b.c\",\"primary\":true},"
                        + "{\"id\":\"d@e.f\",\"primary\":false}],\"ECID\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë", "佐藤", "\uD83D\uDCE8 sent", "a \"b\" \\ / <c>", "\u2028", "\u007f\u0080", "e\u0301"})
    void textComesOutAsItWas(String text) throws IOException {
        var identities = Map.of(text, List.of(new Identity(text, true)));

        byte[] bytes = JSON.writeValueAsBytes(Payload.of(Events.of(identities), PayloadVersion.V1));

        JsonNode read = JSON.readTree(bytes).get("identityMap");
        assertThat(read.get(text).get(0).get("id").textValue()).isEqualTo(text);
        assertThat(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                .as("is UTF-8")
                .isEqualTo(bytes);
    }
}
