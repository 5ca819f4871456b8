package dev.tidings.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleEventTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Tenant TENANT = new Tenant("myImsOrg", "prod");

    @Test
    void hasTheShapeOfTheDocumentedBounce() throws IOException {
        JsonNode body = JSON.readTree(
                SampleEvent.of(TENANT, "068abf40-575e-11ea-8512-9b1bfdb82603", Set.of(Channel.EMAIL, Channel.SMS), "7")
                        .body(PayloadVersion.V1));

        JsonNode documented = JSON.readTree(Files.readString(Path.of("src/docs/samples/email-bounce.json")));
        assertThat(shape(body)).isEqualTo(shape(documented));
        assertThat(body.get("sandbox")).isEqualTo(documented.get("sandbox"));
        assertThat(body.get("imsOrg").asText()).isEqualTo("myImsOrg");
        assertThat(body.get("messageDeliveryFeedback")).isEqualTo(documented.get("messageDeliveryFeedback"));
        assertThat(body.at("/identityMap/email/0/id").asText()).isEqualTo("test.recipient@example.com");
    }

    @Test
    void isAnSmsForAWebhookThatTakesNoEmail() throws IOException {
        JsonNode body = JSON.readTree(
                SampleEvent.of(TENANT, null, Set.of(Channel.SMS), "7").body(PayloadVersion.V2));

        assertThat(body.get("channel").asText()).isEqualTo("sms");
        assertThat(body.at("/messageDeliveryFeedback/feedbackStatus/value").asText())
                .isEqualTo("delivered");
        assertThat(body.get("channelContext").isNull()).isTrue();
        assertThat(body.at("/identityMap/Phone/0/id").asText()).isEqualTo("+15555550100");
        assertThat(body.get("requestId").asText()).isEqualTo("test-7");
    }

    /** Keys in their order, with the values' kinds: equal texts mean equal shapes. */
    private static String shape(JsonNode node) {
        if (node instanceof ObjectNode object) {
            StringBuilder text = new StringBuilder("{");
            object.properties()
                    .forEach(p -> text.append(p.getKey())
                            .append(':')
                            .append(shape(p.getValue()))
                            .append(' '));
            return text.append('}').toString();
        }
        return node.getNodeType().name();
    }
}
