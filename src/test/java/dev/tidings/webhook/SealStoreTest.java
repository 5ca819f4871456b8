package dev.tidings.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.tidings.secrets.BadKeyException;
import dev.tidings.secrets.KeyFile;
import dev.tidings.secrets.KeyRing;
import dev.tidings.secrets.Vault;
import dev.tidings.testing.ClientCertificate;
import dev.tidings.testing.Json;
import dev.tidings.testing.Postgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the database holds of secrets, and how a key is changed under way. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
@SuppressWarnings("NullAway.Init") // injected
class SealStoreTest {
    private static final String PATH = "/v1/feedback-webhooks";
    private static final String JWT = "0123456789abcdef0123456789abcdef";
    private static final String SIGNING = "whsec_" + "A".repeat(32);
    private static final String HEADER = "crm-credential";
    private static final String WEBHOOK = "{\"name\": \"n\", \"channels\": [\"email\"], \"url\":"
            + " \"https://hooks.example.com/x\", \"authentication\": {\"type\": \"jwt\", \"algorithm\": \"HS256\", %s"
            + " \"claims\": {\"iss\": \"me\"}}, \"headers\": [{\"name\": \"X-Key\", \"secret\": true %s}],"
            + " \"signing\": {\"type\": \"hmac-sha256\" %s}}";
    private static final String WITH_SECRETS = WEBHOOK.formatted(
            "\"secret\": \"" + JWT + "\",", ", \"value\": \"" + HEADER + "\"", ", \"secret\": \"" + SIGNING + "\"");

    @Inject
    Pool pool;

    @Inject
    SealStore seals;

    @Inject
    WebhookCache cache;

    @Inject
    MeterRegistry registry;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "tidings.secrets.keys")
    String key;

    private final String org = "org-" + UUID.randomUUID();

    @Test
    void theDatabaseHoldsNoSecretInTheOpen() {
        UUID id = create();

        assertThat(row(id)).doesNotContain(JWT, SIGNING, HEADER, "X-Key", "A".repeat(20));
        assertThat(secretsOf(id)).isEqualTo(List.of(JWT, SIGNING, HEADER));
    }

    @Test
    void aSecretHeaderIsWriteOnlyAndStaysWhenItIsLeftOut() {
        UUID id = create();

        tenant().body(WEBHOOK.formatted("", "", ""))
                .put(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("headers[0].name", equalTo("X-Key"))
                .body("headers[0].value", nullValue())
                .body("headers[0].secret", equalTo(true))
                .body(not(containsString(HEADER)));
        assertThat(secretsOf(id)).isEqualTo(List.of(JWT, SIGNING, HEADER));
        tenant().body(WEBHOOK.formatted("", "", "").replace("\"secret\": true", "\"secret\": false"))
                .put(PATH + "/" + id)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("headers[0].value"));
    }

    @Test
    void aKeysAgeCountsFromItsFirstUseOverAllStarts() {
        String moveBack = "UPDATE sealing_key SET first_used_at = first_used_at - $2 * interval '1 day' WHERE id = $1";
        String id = key.substring(0, key.indexOf(':'));
        double before = ageInDays();

        pool.preparedQuery(moveBack).execute(Tuple.of(id, 400)).await().indefinitely();
        seals.use(new StartupEvent());

        assertThat(ageInDays()).isCloseTo(before + 400, within(1.0));
        pool.preparedQuery(moveBack).execute(Tuple.of(id, -400)).await().indefinitely();
        seals.use(new StartupEvent());
    }

    private double ageInDays() {
        return registry.get("tidings.secrets.key.age").timeGauge().value(TimeUnit.DAYS);
    }

    @Test
    void whatWasThereBeforeThereWasEncryptionIsSealed() {
        UUID id = create();
        pool.preparedQuery(
                        "UPDATE webhook SET key_id = NULL, secret = $2, signing_keys = $3, headers = $4 WHERE id = $1")
                .execute(Tuple.of(
                        id,
                        JWT,
                        "[{\"type\": \"hmac-sha256\", \"secret\": \"" + SIGNING + "\", \"until\": null}]",
                        "[{\"name\": \"X-Key\", \"value\": \"" + HEADER + "\"}]"))
                .await()
                .indefinitely();

        // The chore may have been faster.
        seals.sealAnew().await().indefinitely();

        assertThat(row(id)).doesNotContain(JWT, SIGNING, HEADER);
        pool.preparedQuery("UPDATE webhook SET version = version + 1 WHERE id = $1")
                .execute(Tuple.of(id))
                .await()
                .indefinitely();
        Rereading.of(cache, vertx);
        assertThat(secretsOf(id)).isEqualTo(List.of(JWT, SIGNING, HEADER));
    }

    @Test
    void aNewKeyTakesOverWithoutTouchingTheWebhook() {
        UUID id = create();
        String fresh = KeyFile.newKey();
        Vault rotated = vault(fresh, key);
        Vault back = vault(key, fresh);
        try {
            assertThat(store(rotated).sealAnew().await().indefinitely()).isPositive();
            assertThat(store(rotated).sealAnew().await().indefinitely()).isZero();

            assertThat(row(id)).contains(rotated.currentKeyId()).doesNotContain(back.currentKeyId());
            assertThatCode(() -> start(vault(fresh)))
                    .as("the old key is of no use any more")
                    .doesNotThrowAnyException();
            assertThatExceptionOfType(BadKeyException.class)
                    .isThrownBy(() -> start(vault(key)))
                    .withMessageContaining("the key " + rotated.currentKeyId());
            assertThat(version(id)).isZero();
        } finally {
            store(back).sealAnew().await().indefinitely();
        }
        assertThat(secretsOf(id)).isEqualTo(List.of(JWT, SIGNING, HEADER));
    }

    @Test
    void aClientCertificatesKeyIsSealedAnewToo() {
        var client = ClientCertificate.of("EC", 60);
        UUID id = UUID.fromString(tenant().body(Json.with(
                        WITH_SECRETS,
                        "tls",
                        "{\"clientCertificate\": " + Json.string(client.certificate()) + ", \"clientKey\": "
                                + Json.string(client.key()) + "}"))
                .post(PATH)
                .path("id"));
        String fresh = KeyFile.newKey();
        Vault rotated = vault(fresh, key);
        Vault back = vault(key, fresh);
        String before = tlsKeyId(id);
        try {
            store(rotated).sealAnew().await().indefinitely();
            assertThat(tlsKeyId(id)).isEqualTo(rotated.currentKeyId()).isNotEqualTo(before);
            assertThatExceptionOfType(BadKeyException.class).isThrownBy(() -> start(vault(key)));
        } finally {
            store(back).sealAnew().await().indefinitely();
            assertThat(tlsKeyId(id)).isEqualTo(before);
            pool.preparedQuery("DELETE FROM webhook WHERE id = $1")
                    .execute(Tuple.of(id))
                    .await()
                    .indefinitely();
        }
    }

    private String tlsKeyId(UUID id) {
        return pool.preparedQuery("SELECT tls_key_id FROM webhook WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getString("tls_key_id"))
                .await()
                .indefinitely();
    }

    @Test
    void aRowOfAKeyThatIsUnknownHereLeavesTheCacheAsItIs() {
        UUID id = create();
        pool.preparedQuery("UPDATE webhook SET key_id = 'elsewhere', version = version + 1 WHERE id = $1")
                .execute(Tuple.of(id))
                .await()
                .indefinitely();
        try {
            Rereading.of(cache, vertx);

            assertThat(secretsOf(id)).isEqualTo(List.of(JWT, SIGNING, HEADER));
        } finally {
            pool.preparedQuery("DELETE FROM webhook WHERE id = $1")
                    .execute(Tuple.of(id))
                    .await()
                    .indefinitely();
        }
    }

    /** What the engine sees. */
    private List<String> secretsOf(UUID id) {
        Endpoint endpoint = Objects.requireNonNull(cache.byId(id));
        return List.of(
                AuthenticationColumn.secret(endpoint.authentication()),
                ((Signing.Keys) endpoint.signing()).current().secret(),
                endpoint.headers().getFirst().value());
    }

    private String row(UUID id) {
        return pool.preparedQuery("SELECT webhook::text AS whole FROM webhook WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getString("whole"))
                .await()
                .indefinitely();
    }

    private int version(UUID id) {
        return pool.preparedQuery("SELECT version FROM webhook WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getInteger("version"))
                .await()
                .indefinitely();
    }

    private SealStore store(Vault vault) {
        return new SealStore(pool, vault, new SealedColumns(vault));
    }

    private void start(Vault vault) {
        store(vault).refuseUnknownKeys(new StartupEvent());
    }

    private static Vault vault(String... keys) {
        return new Vault(KeyRing.of(Optional.of(List.of(keys)), Optional.empty()));
    }

    private UUID create() {
        return UUID.fromString(tenant().body(WITH_SECRETS)
                .post(PATH)
                .then()
                .statusCode(201)
                .body(not(containsString(HEADER)))
                .extract()
                .path("id"));
    }

    private RequestSpecification tenant() {
        return given().contentType("application/json")
                .header("x-gw-ims-org-id", org)
                .header("x-sandbox-name", "prod");
    }
}
