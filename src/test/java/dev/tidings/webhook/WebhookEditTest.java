package dev.tidings.webhook;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static dev.tidings.webhook.WebhookBodies.JWT;
import static dev.tidings.webhook.WebhookBodies.PLAIN;
import static dev.tidings.webhook.WebhookBodies.SECRET_32;
import static dev.tidings.webhook.WebhookBodies.SIGNING_SECRET;
import static dev.tidings.webhook.WebhookBodies.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an edit changes, what it keeps, and whose edit counts. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class WebhookEditTest {
    private static final String PATH = "/v1/feedback-webhooks";

    @Inject
    WebhookCache cache;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();

    @Test
    void isInTheCacheWhenItIsAnswered() {
        String id = create(JWT);
        assertThat(endpoint().id()).hasToString(id);
        assertThat(key()).isEqualTo(SECRET_32);

        as(tenant)
                .body(with(PLAIN, "url", "\"https://other.example.com/\""))
                .put(PATH + "/" + id)
                .then()
                .statusCode(200);
        assertThat(endpoint().url()).hasHost("other.example.com");
        assertThat(endpoint().version()).isEqualTo(1);
        assertThat(endpoint().authentication()).isEqualTo(new Authentication.None());

        as(tenant).delete(PATH + "/" + id).then().statusCode(204);
        assertThat(cache.find(tenant)).isNull();
        assertThat(cache.byId(UUID.fromString(id))).isNull();
    }

    @Test
    void receiversAreToldOfTracesWhereTheWebhookSaysSo() {
        String id = create(with(PLAIN, "sendTraceparent", "true"));
        as(tenant).get(PATH + "/" + id).then().body("sendTraceparent", equalTo(true));
        assertThat(endpoint().sendTraceparent()).isTrue();

        as(tenant).body(PLAIN).put(PATH + "/" + id).then().statusCode(200).body("sendTraceparent", equalTo(false));
        assertThat(endpoint().sendTraceparent()).isFalse();
    }

    @Test
    void aSecretThatIsNotSentStays() {
        String id = create(with(JWT, "signing", "{\"type\": \"hmac-sha256\", \"secret\": \"" + SIGNING_SECRET + "\"}"));
        String shown = as(tenant).get(PATH + "/" + id).asString();

        as(tenant)
                .body(with(shown, "name", "\"Renamed\""))
                .put(PATH + "/" + id)
                .then()
                .statusCode(200);

        assertThat(endpoint().signing()).isEqualTo(Signing.with(new SigningKey.HmacSha256(SIGNING_SECRET)));
        assertThat(key()).isEqualTo(SECRET_32);
    }

    @Test
    void aKeyStaysWithinItsFamilyOnly() {
        String id = create(JWT);

        change(id, "{\"type\": \"jwt\", \"algorithm\": \"HS512\"}")
                .then()
                .statusCode(422)
                .body("violations.field", contains("authentication.secret"))
                .body("violations[0].message", containsString("at least 64 bytes for HS512"));
        change(id, "{\"type\": \"jwt\", \"algorithm\": \"RS256\"}")
                .then()
                .statusCode(422)
                .body("violations.field", contains("authentication.privateKey"));
        change(id, "{\"type\": \"jwt\", \"algorithm\": \"HS256\", \"ttlSeconds\": 60}")
                .then()
                .statusCode(200)
                .body("authentication.ttlSeconds", equalTo(60));
        assertThat(key()).isEqualTo(SECRET_32);
    }

    @Test
    void aKeyIsForgottenWithJwt() {
        String id = create(JWT);

        change(id, "{\"type\": \"none\"}")
                .then()
                .statusCode(200)
                .body("authentication", equalTo(Map.of("type", "none")));
        assertThat(new DeliveryRows(database)
                        .count("SELECT count(*) FROM webhook WHERE id = ? AND secret IS NULL", UUID.fromString(id)))
                .isOne();
        change(id, "{\"type\": \"jwt\", \"algorithm\": \"HS256\"}")
                .then()
                .statusCode(422)
                .body("violations[0].message", equalTo("is required for HS256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "*", "\"7\", \"0\"", " \"0\" ", "W/\"0\", \"0\""})
    void changesTheVersionThatIfMatchNames(String ifMatch) {
        String id = create(PLAIN);

        as(tenant)
                .header("If-Match", ifMatch)
                .body(PLAIN)
                .put(PATH + "/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"0\"", "\"\"", "\"*\""})
    void changesNoOtherVersion(String ifMatch) {
        String id = create(PLAIN);

        as(tenant)
                .header("If-Match", ifMatch)
                .body(with(PLAIN, "name", "\"no\""))
                .put(PATH + "/" + id)
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("detail", containsString("version \"0\""));
        as(tenant).header("If-Match", ifMatch).delete(PATH + "/" + id).then().statusCode(412);
        as(tenant).get(PATH + "/" + id).then().statusCode(200).body("name", equalTo("Order status"));
        assertThat(endpoint().version()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"0", "W/0", ",", "\"0\" \"1\""})
    void saysWhatIsNoEntityTag(String ifMatch) {
        String id = create(PLAIN);

        as(tenant)
                .header("If-Match", ifMatch)
                .body(PLAIN)
                .put(PATH + "/" + id)
                .then()
                .statusCode(400)
                .body("violations.field", contains("If-Match"));
    }

    @Test
    void anUnchangedTagDeletes() {
        String id = create(PLAIN);

        as(tenant).header("If-Match", "\"0\"").delete(PATH + "/" + id).then().statusCode(204);
        as(tenant).get(PATH + "/" + id).then().statusCode(404);
    }

    /** Two people who saw the same version: the second one is told. */
    @Test
    void ofManyWhoEditTheSameVersionAtOnceOneSucceeds() throws Exception {
        String id = create(PLAIN);
        List<Callable<Integer>> edits = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i -> () -> as(tenant)
                        .header("If-Match", "\"0\"")
                        .body(with(PLAIN, "name", "\"n" + i + "\""))
                        .put(PATH + "/" + id)
                        .statusCode())
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(edits).stream().map(Future::resultNow).sorted())
                    .containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
        }
        assertThat(endpoint().version()).isEqualTo(1);
    }

    @Test
    void everyTwoOfTwentyPairsCreatedAtOnceAreOneWebhook() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                Tenant fresh = newTenant();
                Callable<Integer> create =
                        () -> as(fresh).body(PLAIN).post(PATH).statusCode();
                assertThat(threads.invokeAll(List.of(create, create)).stream().map(Future::resultNow))
                        .containsExactlyInAnyOrder(201, 409);
            }
        }
    }

    @Test
    void whatPausedItIsForgottenWhenAPersonPausesOrResumes() {
        String id = create(PLAIN);
        new DeliveryRows(database)
                .execute(
                        "UPDATE webhook SET state = 'paused', state_reason = 'gone', version = version + 1 WHERE id = ?",
                        UUID.fromString(id));
        as(tenant).get(PATH + "/" + id).then().body("stateReason", equalTo("gone"));

        as(tenant).post(PATH + "/" + id + "/resume").then().body("$", not(hasKey("stateReason")));

        assertThat(endpoint().active()).isTrue();
        as(tenant)
                .post(PATH + "/" + id + "/pause")
                .then()
                .body("state", equalTo("paused"))
                .body("$", not(hasKey("stateReason")));
        assertThat(endpoint().active()).isFalse();
    }

    @Test
    void anEditWhilePausedLeavesItPaused() {
        String id = create(PLAIN);
        as(tenant).post(PATH + "/" + id + "/pause");

        as(tenant).body(PLAIN).put(PATH + "/" + id).then().body("state", equalTo("paused"));

        assertThat(endpoint().active()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uuid", "0199c2f4-7a10-7000-8000-0c5d2f6f1b2a", "1-1-1-1-1", "%20", "%00"})
    void anUnknownIdIsNotFound(String id) {
        as(tenant)
                .urlEncodingEnabled(false)
                .get(PATH + "/" + id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    private Response change(String id, String authentication) {
        return as(tenant).body(with(PLAIN, "authentication", authentication)).put(PATH + "/" + id);
    }

    private String create(String body) {
        return as(tenant).body(body).post(PATH).then().statusCode(201).extract().path("id");
    }

    private Endpoint endpoint() {
        return Objects.requireNonNull(cache.find(tenant));
    }

    private String key() {
        return Objects.requireNonNull(AuthenticationColumn.secret(endpoint().authentication()));
    }
}
