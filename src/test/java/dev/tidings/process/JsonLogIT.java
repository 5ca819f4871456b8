package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container writes can be read by machines, and by those who may not know recipients. */
class JsonLogIT {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String ADDRESS = "ada.lovelace@example.com";
    private static final String ALL =
            "messages_presets.read messages_presets.write feedback_events.write deliveries.read";

    @Test
    void inProdEachLineIsOneJsonObjectWithoutAnAddress(@TempDir Path folder) throws Exception {
        var issuer = new Issuer(folder);
        String token = issuer.token("myImsOrg", ALL);
        List<String> settings = issuer.production();
        settings.addAll(List.of(
                "tidings.webhook.loopback-allowed=true",
                "tidings.egress.loopback-allowed=true",
                "quarkus.http.access-log.enabled=true"));
        String log;
        try (var receiver = StubReceiver.plain().always(Answer.of(500));
                var tidings = new TidingsProcess(folder, settings.toArray(String[]::new)).awaitReady()) {
            String hook = "{\"name\":\"n\",\"channels\":[\"email\"],\"url\":\"" + receiver.url("/") + "\"}";
            assertThat(send(tidings, token, "POST", "feedback-webhooks", hook)).isEqualTo(201);
            String campaign = "{\"name\":\"n\",\"category\":\"Transactional\",\"campaignType\":\"ApiTriggered\","
                    + "\"enableWebhooks\":true}";
            assertThat(send(tidings, token, "PUT", "campaigns/16f24a15-7e21-477c-848a-d5695ca7f137", campaign))
                    .isEqualTo(200);
            String event = Files.readString(Path.of("src/docs/samples/email-bounce.json"));
            assertThat(send(tidings, token, "POST", "feedback-events", event)).isEqualTo(202);
            assertThat(send(tidings, token, "GET", "deliveries?requestId=" + ADDRESS, ""))
                    .isEqualTo(200);
            assertThat(send(tidings, "no token", "GET", "deliveries?requestId=" + ADDRESS, ""))
                    .isEqualTo(401);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(tidings.log()).contains("outcome=retrying", "a***@example.com"));
            tidings.terminate();
            log = tidings.log();
        }
        assertThat(log).contains("Drained").doesNotContain(ADDRESS, "john.doe@");
        assertThat(log.lines())
                .allSatisfy(line -> assertThat(object(line).isObject()).as(line).isTrue());
        assertThat(log.lines().map(JsonLogIT::object)).allSatisfy(line -> {
            assertThat(line.path("level").asText()).isNotEmpty();
            assertThat(line.path("loggerName").asText()).isNotEmpty();
            assertThat(line.path("timestamp").asText()).startsWith("20");
            assertThat(line.has("message")).isTrue();
        });
    }

    @Test
    void whereItIsSwitchedOffTheLogIsText(@TempDir Path folder) throws Exception {
        List<String> settings = new Issuer(folder).production();
        settings.add("quarkus.log.console.json.enabled=false");
        try (var tidings = TidingsProcess.running("migrate", folder, settings.toArray(String[]::new))) {
            assertThat(tidings.awaitExit()).isZero();
            assertThat(tidings.log()).contains("The schema is up to date").doesNotContain("{\"");
        }
    }

    /** Where logs are gathered by somebody who knows other names for the same. */
    @ParameterizedTest
    @CsvSource({"ecs, log.level", "gcp, severity"})
    void itsMembersAreNamedAsItsReaderWants(String format, String level, @TempDir Path folder) throws Exception {
        List<String> settings = new Issuer(folder).production();
        settings.add("quarkus.log.console.json.log-format=" + format);
        try (var tidings = TidingsProcess.running("migrate", folder, settings.toArray(String[]::new))) {
            assertThat(tidings.awaitExit()).isZero();
            assertThat(tidings.log()).contains("The schema is up to date");
            assertThat(tidings.log().lines().map(JsonLogIT::object))
                    .allSatisfy(line -> assertThat(line.path(level).asText())
                            .as(line.toString())
                            .isNotEmpty());
        }
    }

    private static JsonNode object(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("this line is not JSON: " + line, e);
        }
    }

    private static int send(TidingsProcess tidings, String token, String method, String path, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(tidings.uri("/v1/" + path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + token)
                .header("x-gw-ims-org-id", "myImsOrg")
                .header("x-sandbox-name", "prod")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
