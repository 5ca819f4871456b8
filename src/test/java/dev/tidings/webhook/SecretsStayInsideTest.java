package dev.tidings.webhook;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static dev.tidings.webhook.WebhookBodies.PLAIN;
import static dev.tidings.webhook.WebhookBodies.rsaKey;
import static dev.tidings.webhook.WebhookBodies.with;
import static dev.tidings.webhook.WebhookBodies.withPrivateKey;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.ClientCertificate;
import dev.tidings.testing.Json;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A secret goes in, and comes out nowhere: in no answer, no log line, no {@code toString()}. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class SecretsStayInsideTest {
    private static final String PATH = "/v1/feedback-webhooks";
    private static final String KEY = "k3yThatNobodyMaySee0123456789abcdef";
    private static final String SIGNING =
            "whsec_" + Base64.getEncoder().encodeToString("signing-secret-nobody-may-see".getBytes(US_ASCII));
    private static final String CREDENTIAL = "header-value-kept-out-of-the-log";

    private static final String WEBHOOK = with(
            with(
                    with(
                            PLAIN,
                            "authentication",
                            "{\"type\": \"jwt\", \"algorithm\": \"HS256\", \"secret\": \"" + KEY + "\"}"),
                    "signing",
                    "{\"type\": \"hmac-sha256\", \"secret\": \"" + SIGNING + "\"}"),
            "headers",
            "[{\"name\": \"X-Key\", \"value\": \"" + CREDENTIAL + "\"}]");

    @Inject
    WebhookRow rows;

    @Inject
    WebhookCache cache;

    private final Tenant tenant = newTenant();
    private final Log log = new Log();

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("").removeHandler(log);
    }

    @Test
    void noAnswerHasThem() {
        Response created = as(tenant).body(WEBHOOK).post(PATH);
        assertSecretFree(created, 201);
        String one = PATH + "/" + created.path("id");

        assertSecretFree(as(tenant).get(one), 200);
        assertSecretFree(as(tenant).get(PATH), 200);
        assertSecretFree(given().header("x-gw-ims-org-id", tenant.imsOrg()).get(PATH), 200);
        assertSecretFree(as(tenant).body(WEBHOOK).put(one), 200);
        assertSecretFree(as(tenant).body(WEBHOOK).post(PATH), 409);
        assertSecretFree(as(tenant).header("If-Match", "\"9\"").body(WEBHOOK).put(one), 412);
        assertSecretFree(as(newTenant()).body(WEBHOOK).put(one), 404);
        assertSecretFree(as(tenant).contentType("text/plain").body(WEBHOOK).post(PATH), 415);
        assertSecretFree(as(tenant).post(one + "/pause"), 200);
        assertSecretFree(as(tenant).post(one + "/resume"), 200);
        assertSecretFree(as(tenant).post(one + "/test"), 200);
        assertSecretFree(as(tenant).delete(one), 204);
        log.assertSecretFree();
    }

    @Test
    void noRefusalRepeatsThem() {
        for (String spoilt : List.of(
                WEBHOOK.replace("HS256", "HS512"),
                WEBHOOK.replace("HS256", "RS256"),
                WEBHOOK.replace("HS256", "none"),
                WEBHOOK.replace("\"secret\":\"" + KEY, "\"privateKey\":\"" + KEY),
                WEBHOOK.replace(KEY, KEY + "\\u0000"),
                WEBHOOK.replace(KEY, KEY + "\\ud800"),
                WEBHOOK.replace(KEY, KEY.repeat(500)),
                WEBHOOK.replace(SIGNING, SIGNING + "!"),
                WEBHOOK.replace("\"" + SIGNING + "\"", "[\"" + SIGNING + "\"]"),
                WEBHOOK.replace(CREDENTIAL, CREDENTIAL + "\\r\\nX: 1"))) {
            assertSecretFree(as(tenant).body(spoilt).post(PATH), 422);
        }
        for (String broken : List.of(
                WEBHOOK.replace("\"" + KEY + "\"", KEY),
                WEBHOOK.replace("\"" + KEY, "\"" + KEY + "\n"),
                WEBHOOK.replace(KEY + "\"", KEY + "\" \"" + KEY + "\""),
                WEBHOOK + KEY,
                WEBHOOK.substring(0, WEBHOOK.indexOf(KEY) + KEY.length()))) {
            assertSecretFree(as(tenant).body(broken).post(PATH), 400);
        }
        log.assertSecretFree();
    }

    @Test
    void aPrivateKeyIsNotShownEither() {
        String pem = rsaKey(2_048);
        String line = pem.lines().toList().get(3);

        Response created = as(tenant).body(withPrivateKey("RS256", pem)).post(PATH);

        created.then().statusCode(201);
        assertThat(created.asString()).doesNotContain(line, "PRIVATE KEY");
        assertThat(as(newTenant()).body(withPrivateKey("ES256", pem)).post(PATH).asString())
                .doesNotContain(line);
        assertThat(endpoint().toString()).doesNotContain(line);
        assertThat(log.lines).noneMatch(text -> text.contains(line));
    }

    @Test
    void passwordsClientSecretsAndGeneratedKeysAreNotShownEither() {
        var client = ClientCertificate.of("EC", 60);
        String tls = "{\"clientCertificate\": " + Json.string(client.certificate()) + ", \"clientKey\": "
                + Json.string(client.key()) + "}";
        for (String authentication : List.of(
                "{\"type\": \"basic\", \"username\": \"u\", \"password\": \"" + KEY + "\"}",
                "{\"type\": \"oauth2\", \"tokenUrl\": \"https://login.example.com/t\", \"clientId\": \"c\","
                        + " \"clientSecret\": \"" + KEY + "\"}",
                "{\"type\": \"jwt\", \"keySource\": \"generated\", \"algorithm\": \"ES256\"}")) {
            Tenant another = newTenant();
            String body = with(with(PLAIN, "authentication", authentication), "tls", tls);
            Response created = as(another).body(body).post(PATH);
            created.then().statusCode(201);
            Endpoint endpoint = Objects.requireNonNull(cache.find(another));
            String one = PATH + "/" + created.path("id");
            String secret = String.valueOf(AuthenticationColumn.secret(endpoint.authentication()));
            String line = client.key().lines().toList().get(1);

            for (String text : List.of(
                    created.asString(),
                    as(another).get(one).asString(),
                    as(another).get(PATH).asString(),
                    as(another).body(body).put(one).asString(),
                    as(another).body(body.replace("hooks.", "10.")).post(PATH).asString(),
                    as(another).post(one + "/test").asString(),
                    endpoint.toString(),
                    endpoint.authentication().toString(),
                    endpoint.tls().toString())) {
                assertThat(text).doesNotContain(KEY, secret, "PRIVATE KEY", "privateKey", line);
            }
            assertThat(log.lines).noneMatch(text -> text.contains(secret) || text.contains(line));
        }
        log.assertSecretFree();
    }

    @Test
    void aSigningKeyThatTidingsMadeStaysWithIt() {
        String body = with(PLAIN, "signing", "{\"type\": \"ed25519\"}");
        Response created = as(tenant).body(body).post(PATH);
        created.then().statusCode(201);
        var keys = (Signing.Keys) endpoint().signing();
        String secret = ((SigningKey.Ed25519) keys.current()).secret();

        for (String text : List.of(
                created.asString(),
                as(tenant).get(PATH).asString(),
                as(tenant).body(body).put(PATH + "/" + created.path("id")).asString(),
                endpoint().toString(),
                keys.current().toString())) {
            assertThat(text).doesNotContain(secret, "whsk_");
        }
        assertThat(log.lines).noneMatch(text -> text.contains(secret));
    }

    @Test
    void nothingSaysThemOfItself() {
        as(tenant).body(WEBHOOK).post(PATH).then().statusCode(201);
        Endpoint endpoint = endpoint();

        assertThat(List.of(
                        endpoint.toString(),
                        endpoint.authentication().toString(),
                        endpoint.signing().toString(),
                        endpoint.headers().toString()))
                .noneMatch(SecretsStayInsideTest::tells)
                .noneMatch(text -> text.contains(CREDENTIAL));
        var row = new Webhook();
        row.id = endpoint.id();
        rows.write(
                new Settings(
                        "n",
                        endpoint.channels(),
                        endpoint.url(),
                        endpoint.authentication(),
                        endpoint.headers(),
                        endpoint.payloadVersion(),
                        endpoint.signing(),
                        endpoint.tls(),
                        endpoint.sendTraceparent(),
                        false),
                row);
        assertThat(row.toString()).doesNotContain(KEY, SIGNING, CREDENTIAL);
        assertThat(List.of(
                        row.authentication, row.headers, String.valueOf(row.secret), String.valueOf(row.signingKeys)))
                .noneMatch(text -> text.contains(KEY) || text.contains(SIGNING) || text.contains(CREDENTIAL));
    }

    private Endpoint endpoint() {
        return Objects.requireNonNull(cache.find(tenant));
    }

    private static boolean tells(String text) {
        return text.contains(KEY) || text.contains(SIGNING);
    }

    private static void assertSecretFree(Response response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(tells(response.asString() + response.headers()))
                .as(response.asString())
                .isFalse();
    }

    /** All that is logged, however fine, as far as the loggers' levels let it through. */
    private static final class Log extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final SimpleFormatter formatter = new SimpleFormatter();

        Log() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(formatter.format(line));
        }

        void assertSecretFree() {
            assertThat(lines).noneMatch(line -> tells(line) || line.contains(CREDENTIAL));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
