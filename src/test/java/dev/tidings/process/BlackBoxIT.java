package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.tidings.egress.TestKeys;
import dev.tidings.testing.Json;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Request;
import dev.tidings.testing.TestCertificate;
import dev.tidings.webhook.Authentication.Algorithm;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the product promises, seen from outside: by API over HTTP, and by a receiver over TLS. The same for the jar and for
 * the native executable, where each of these once needed something of its own: reflection, resources, security providers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlackBoxIT {
    private static final String SECRET = "a shared secret of 64 characters, long enough for the longest one";
    private static final String SIGNING_SECRET = "whsec_" + "A".repeat(32);
    private static final String HOOKS = "/v1/feedback-webhooks";

    private final StubReceiver receiver = StubReceiver.tls();
    private final TidingsProcess tidings;
    private String webhook = "";
    private String id = "";

    BlackBoxIT(@TempDir Path folder) {
        tidings = new TidingsProcess(
                        folder,
                        "quarkus.profile=dev",
                        "tidings.egress.ca-certificates=" + TestCertificate.pem(),
                        "quarkus.log.category.\"dev.tidings.attempt\".level=DEBUG")
                .awaitReady();
    }

    @AfterAll
    void stop() {
        tidings.close();
        receiver.close();
    }

    @BeforeEach
    void configure() throws Exception {
        webhook = "{\"name\":\"n\",\"channels\":[\"email\",\"sms\"],\"url\":\"" + receiver.url("/hook") + "\"}";
        if (id.isEmpty()) {
            id = JsonPath.from(answer(201, "POST", HOOKS, webhook).body()).getString("id");
            answer(
                    200,
                    "PUT",
                    "/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137",
                    "{\"name\":\"n\",\"category\":\"Transactional\",\"campaignType\":\"ApiTriggered\",\"enableWebhooks\":true}");
        }
    }

    @Test
    void anEventArrivesOverTlsToTheLetter() throws Exception {
        put(webhook);
        String sample = Files.readString(Path.of("src/docs/samples/email-bounce.json"));

        int before = receiver.requests().size();

        answer(202, "POST", "/v1/feedback-events", sample);

        Request request = receiver.awaitRequests(before + 1).getLast();
        assertThat(request.body()).isEqualTo(new ObjectMapper().readTree(sample).toString());
        assertThat(request.header("webhook-attempt")).isEqualTo("1");
        assertThat(request.header("user-agent")).startsWith("Tidings/");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aTokenOfEachAlgorithmIsVerifiedByAnother(Algorithm algorithm) throws Exception {
        var pair = algorithm.isSymmetric() ? null : TestKeys.pair(algorithm);
        String key = pair == null
                ? "\"secret\":" + Json.string(SECRET)
                : "\"privateKey\":" + Json.string(TestKeys.pem(pair.getPrivate()));
        Key verifier =
                pair == null ? new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HMAC") : pair.getPublic();
        put(Json.with(
                webhook,
                "authentication",
                "{\"type\":\"jwt\",\"algorithm\":\"" + algorithm + "\"," + key + ",\"claims\":{\"iss\":\"us\"}}"));

        Request request = tested();

        var signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.value()));
        signature.setCompactSerialization(request.header("authorization").substring("Bearer ".length()));
        signature.setKey(verifier);
        assertThat(signature.verifySignature()).isTrue();
        assertThat(signature.getPayload()).contains("\"iss\":\"us\"");
    }

    @Test
    void aSignatureIsVerifiedByTheStandardsLibrary() throws Exception {
        put(Json.with(webhook, "signing", "{\"type\":\"hmac-sha256\",\"secret\":\"" + SIGNING_SECRET + "\"}"));

        Request request = tested();

        assertThatCode(() -> new Webhook(SIGNING_SECRET)
                        .verify(
                                request.body(),
                                Map.of(
                                        "webhook-id", List.of(request.header("webhook-id")),
                                        "webhook-timestamp", List.of(request.header("webhook-timestamp")),
                                        "webhook-signature", List.of(request.header("webhook-signature")))))
                .doesNotThrowAnyException();
    }

    @Test
    void anEd25519KeyIsMadeAndSigns() throws Exception {
        put(Json.with(webhook, "signing", "{\"type\":\"ed25519\"}"));

        assertThat(answer(200, "GET", HOOKS + "/" + id, "").body()).contains("whpk_");
        assertThat(tested().header("webhook-signature")).startsWith("v1a,");
    }

    @Test
    void customHeadersAreSentAndTheirSecretsKept() throws Exception {
        put(Json.with(webhook, "headers", "[{\"name\":\"X-Team\",\"value\":\"crm-7\",\"secret\":true}]"));

        assertThat(answer(200, "GET", HOOKS + "/" + id, "").body()).doesNotContain("crm-7");
        assertThat(tested().header("x-team")).isEqualTo("crm-7");
    }

    @Test
    void whatIsWrongIsAProblemWithItsViolations() throws Exception {
        HttpResponse<String> refused = answer(422, "PUT", HOOKS + "/" + id, Json.with(webhook, "channels", "[]"));

        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(JsonPath.from(refused.body()).getString("violations[0].field"))
                .isEqualTo("channels");
        assertThat(answer(404, "GET", "/v1/nowhere", "").body()).contains("about:blank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/campaigns",
                "/v1/deliveries",
                "/v1/statistics",
                "/v1/replays",
                "/v1/feedback-webhooks",
                "/.well-known/jwks.json",
                "/q/openapi",
                "/"
            })
    void everyPageOfTheProductAnswers(String path) throws Exception {
        assertThat(answer(200, "GET", path, "").body()).isNotBlank();
    }

    @Test
    void theDescriptionIsTheOneThatWasReviewed() throws Exception {
        assertThat(answer(200, "GET", "/q/openapi?format=json", "").body())
                .isEqualTo(Files.readString(Path.of("src/docs/openapi.json")));
    }

    @Test
    void aReplayIsCountedBeforeItIsMade() throws Exception {
        String dryRun = answer(200, "POST", "/v1/replays", "{\"filter\":{\"state\":\"failed\"},\"dryRun\":true}")
                .body();

        assertThat(JsonPath.from(dryRun).getBoolean("dryRun")).isTrue();
    }

    private void put(String body) throws Exception {
        answer(200, "PUT", HOOKS + "/" + id, body);
    }

    private Request tested() throws Exception {
        assertThat(answer(200, "POST", HOOKS + "/" + id + "/test", "{}").body()).contains("200");
        return receiver.requests().getLast();
    }

    private HttpResponse<String> answer(int status, String method, String path, String body) throws Exception {
        var answer = tidings.send(method, path, body);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(status);
        return answer;
    }
}
