package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidings.secrets.KeyFile;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prod profile with a real provider's tokens: which hold, what becomes of its new keys, and of its outage. */
class KeycloakIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String HOOKS = "/v1/feedback-webhooks";

    @Test
    void itsTokensOpenWhatTheySayThroughRotationAndOutage(@TempDir Path folder) throws Exception {
        assumeTrue(Keycloak.isThere(), "the profile keycloak unpacks it");
        try (var receiver = StubReceiver.plain();
                var keycloak = new Keycloak(folder).awaitReady();
                var tidings = start(folder, keycloak)) {
            String token = keycloak.token("tidings", "platform");

            configure(tidings, token, receiver);
            assertThat(post(tidings, token, "one")).isEqualTo(202);
            receiver.awaitRequests(1);

            assertThat(get(tidings, keycloak.token("tidings", "stranger")))
                    .as("for another audience")
                    .isEqualTo(401);
            assertThat(get(tidings, keycloak.token("elsewhere", "platform")))
                    .as("of another realm")
                    .isEqualTo(401);
            assertThat(send(tidings, "DELETE", HOOKS + "/0198f5b2-0000-7000-8000-000000000000", token, ""))
                    .as("without the permission")
                    .isEqualTo(403);
            String hasty = keycloak.token("tidings", "hasty");
            assertThat(get(tidings, hasty)).isEqualTo(200);
            await().atMost(Duration.ofSeconds(20)).until(() -> get(tidings, hasty) == 401);

            keycloak.rotateKeys();
            String rotated = keycloak.token("tidings", "platform");
            assertThat(keyId(rotated)).isNotEqualTo(keyId(token));
            await().atMost(Duration.ofSeconds(90)).until(() -> get(tidings, rotated) == 200);
            assertThat(get(tidings, token)).as("signed with the key before").isEqualTo(200);

            keycloak.stop();
            assertThat(get(tidings, rotated)).as("the provider is out").isEqualTo(200);
            assertThat(get(tidings, token)).isEqualTo(200);
            assertThat(post(tidings, rotated, "two")).isEqualTo(202);
            receiver.awaitRequests(2);
            assertThat(get(tidings, withAnotherKey(token)))
                    .as("a key that nobody knows, and nobody can be asked for")
                    .isEqualTo(401);
            assertThat(get(tidings, token)).isEqualTo(200);
        }
    }

    private static TidingsProcess start(Path folder, Keycloak keycloak) {
        return new TidingsProcess(
                        folder,
                        "mp.jwt.verify.publickey.location=" + keycloak.keys(),
                        "mp.jwt.verify.issuer=" + keycloak.issuer("tidings"),
                        "mp.jwt.verify.audiences=tidings",
                        "mp.jwt.verify.clock.skew=1",
                        "tidings.webhook.loopback-allowed=true",
                        "tidings.egress.loopback-allowed=true",
                        "tidings.secrets.keys=" + KeyFile.newKey(),
                        "quarkus.datasource.reactive.url=" + Postgres.newDatabase(),
                        "quarkus.datasource.username=postgres",
                        "quarkus.datasource.password=postgres")
                .awaitReady();
    }

    private static void configure(TidingsProcess tidings, String token, StubReceiver receiver) throws Exception {
        String webhook = "{\"name\":\"n\",\"channels\":[\"email\"],\"url\":\"" + receiver.url("/") + "\"}";
        assertThat(send(tidings, "POST", HOOKS, token, webhook)).isEqualTo(201);
        String campaign =
                "{\"name\":\"n\",\"category\":\"Transactional\",\"campaignType\":\"ApiTriggered\",\"enableWebhooks\":true}";
        String path = "/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137";
        assertThat(send(tidings, "PUT", path, token, campaign)).isEqualTo(200);
    }

    private static int post(TidingsProcess tidings, String token, String eventId) throws Exception {
        String sample =
                Files.readString(Path.of("src/docs/samples/email-bounce.json")).strip();
        return send(
                tidings,
                "POST",
                "/v1/feedback-events",
                token,
                "{\"eventId\":\"" + eventId + "\"," + sample.substring(1));
    }

    private static int get(TidingsProcess tidings, String token) throws Exception {
        return send(tidings, "GET", HOOKS, token, "");
    }

    private static int send(TidingsProcess tidings, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(tidings.uri(path))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .header("x-gw-ims-org-id", "myImsOrg")
                .header("x-sandbox-name", "prod")
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static String keyId(String token) {
        return header(token).replaceFirst(".*\"kid\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    private static String withAnotherKey(String token) {
        String header = header(token).replace(keyId(token), "unknown");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + token.substring(token.indexOf('.'));
    }

    private static String header(String token) {
        byte[] json = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return new String(json, StandardCharsets.UTF_8);
    }
}
