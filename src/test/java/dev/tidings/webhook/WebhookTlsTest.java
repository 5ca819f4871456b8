package dev.tidings.webhook;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static dev.tidings.webhook.WebhookBodies.PLAIN;
import static dev.tidings.webhook.WebhookBodies.block;
import static dev.tidings.webhook.WebhookBodies.rsaKey;
import static dev.tidings.webhook.WebhookBodies.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.ClientCertificate;
import dev.tidings.testing.Json;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A webhook's own authorities and client certificate: what is taken, kept, sealed, shown and warned of. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
@SuppressWarnings("NullAway.Init") // injected
class WebhookTlsTest {
    private static final String PATH = "/v1/feedback-webhooks";
    private static final ClientCertificate MINE = ClientCertificate.of("EC", 60);
    private static final ClientCertificate ANOTHERS = ClientCertificate.of("RSA", 60);

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    WebhookCache cache;

    @Inject
    Pool pool;

    @Inject
    InstantSource clock;

    private final Tenant tenant = newTenant();

    private static String tls(@Nullable String authorities, @Nullable String chain, @Nullable String key) {
        return with(
                PLAIN,
                "tls",
                "{\"caCertificates\": " + json(authorities) + ", \"clientCertificate\": " + json(chain)
                        + ", \"clientKey\": " + json(key) + "}");
    }

    private static String json(@Nullable String text) {
        return text == null ? "null" : Json.string(text);
    }

    private Response post(String body) {
        return as(tenant).body(body).post(PATH);
    }

    private void refused(String body, String field, String message) {
        post(body)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("tls." + field))
                .body("violations[0].message", containsString(message));
    }

    private Tls stored() {
        return Objects.requireNonNull(cache.find(tenant)).tls();
    }

    @Test
    void certificatesAreShownAndTheKeyIsNot() {
        Response created = post(tls(MINE.authority(), MINE.certificate(), MINE.key()));

        created.then()
                .statusCode(201)
                .body("tls.caCertificates", equalTo(MINE.authority()))
                .body("tls.clientCertificate", equalTo(MINE.certificate()))
                .body("tls.clientKeySet", equalTo(true))
                .body("tls.clientKey", nullValue())
                .body("tls.warning", nullValue())
                .body("tls.expiresAt", startsWith("20"));
        assertThat(created.asString()).doesNotContain("PRIVATE KEY", secretLine());
        assertThat(stored().toString() + stored().client() + cache.find(tenant)).doesNotContain(secretLine());
        assertThat(Objects.requireNonNull(stored().client()).key()).isEqualTo(MINE.key());
    }

    private static String secretLine() {
        return MINE.key().lines().toList().get(1);
    }

    @Test
    void theDatabaseHoldsTheKeySealed() {
        String id = post(tls(null, MINE.certificate(), MINE.key())).path("id");

        var row = pool.preparedQuery("SELECT tls, tls_key_id FROM webhook WHERE id = $1")
                .execute(Tuple.of(UUID.fromString(id)))
                .await()
                .indefinitely()
                .iterator()
                .next();

        assertThat(row.getString("tls")).doesNotContain(secretLine(), "BEGIN");
        assertThat(row.getString("tls_key_id")).isNotBlank();
    }

    @Test
    void aKeyThatIsLeftOutStaysWithItsCertificateAndNoOther() {
        String id = post(tls(null, MINE.certificate(), MINE.key())).path("id");

        as(tenant)
                .body(tls(MINE.authority(), MINE.certificate(), null))
                .put(PATH + "/" + id)
                .then()
                .statusCode(200);
        assertThat(Objects.requireNonNull(stored().client()).key()).isEqualTo(MINE.key());
        as(tenant)
                .body(tls(null, ANOTHERS.certificate(), null))
                .put(PATH + "/" + id)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("tls.clientCertificate"))
                .body("violations[0].message", startsWith("must"));
        as(tenant).body(PLAIN).put(PATH + "/" + id).then().statusCode(200).body("tls.clientKeySet", equalTo(false));
        assertThat(stored()).isEqualTo(Tls.USUAL);
    }

    @Test
    void everythingThatIsWrongIsNamed() {
        refused(tls("x", null, null), "caCertificates", "must be PEM certificates");
        refused(tls(MINE.key(), null, null), "caCertificates", "must hold PEM certificates and nothing else");
        refused(tls(MINE.authority() + "x", null, null), "caCertificates", "must be PEM certificates");
        refused(
                tls(block("CERTIFICATE", new byte[] {1, 2}), null, null),
                "caCertificates",
                "certificate 1 can't be read");
        refused(tls(MINE.authority().repeat(21), null, null), "caCertificates", "at most 20 certificates, has 21");
        refused(tls("A".repeat(70_000), null, null), "caCertificates", "must have at most 65536 characters");
        refused(tls(null, MINE.certificate(), null), "clientKey", "is required");
        refused(tls(null, null, MINE.key()), "clientKey", "must have its clientCertificate beside it");
        refused(tls(null, MINE.certificate(), ClientCertificate.of("EC", 60).key()), "clientKey", "must go together");
        refused(tls(null, MINE.certificate(), rsaKey(2_048)), "clientKey", "must be the private key of");
        refused(tls(null, MINE.certificate(), "x"), "clientKey", "must be the private key of clientCertificate");
        refused(
                tls(null, MINE.certificate() + ANOTHERS.certificate(), MINE.key()),
                "clientCertificate",
                "number 2 is not");
        refused(
                tls(null, ClientCertificate.of("EC", -1).certificate(), MINE.key()),
                "clientCertificate",
                "has expired on");
        refused(with(PLAIN, "tls", "{\"clientKey\": 7}"), "clientKey", "must");
    }

    @Test
    void noRefusalRepeatsTheKey() {
        for (String body : List.of(
                tls(null, ANOTHERS.certificate(), MINE.key()),
                tls(MINE.key(), null, null),
                tls(null, MINE.key(), MINE.key()),
                tls(null, MINE.certificate(), MINE.key().replace("-----END", "----END")))) {
            assertThat(post(body).then().statusCode(422).extract().asString()).doesNotContain(secretLine());
        }
    }

    @Test
    void whatEndsSoonIsWarnedOf() {
        var ending = ClientCertificate.of("EC", 20);

        post(tls(null, ending.certificate(), ending.key()))
                .then()
                .statusCode(201)
                .body("tls.warning", startsWith("A certificate expires on 20"));
        assertThat(given().get(management.resolve("/q/metrics")).asString())
                .containsPattern("tidings_webhooks_certificates\\{[^}]*standing=\"ends_soon\"[^}]*} [1-9]")
                .containsPattern("tidings_webhooks_certificates\\{[^}]*standing=\"over\"[^}]*} ");
        assertThat(stored().endsSoon(clock.instant())).isTrue();
        assertThat(stored().isOver(clock.instant())).isFalse();
        assertThat(stored().isOver(clock.instant().plusSeconds(21 * 86_400))).isTrue();
        assertThat(stored().endsSoon(clock.instant().minusSeconds(20 * 86_400))).isFalse();
    }
}
