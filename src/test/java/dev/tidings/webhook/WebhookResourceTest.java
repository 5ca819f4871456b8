package dev.tidings.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The webhook's configuration over HTTP; each test is an organization of its own. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class WebhookResourceTest {
    private static final String PATH = "/v1/feedback-webhooks";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String WEBHOOK =
            "{\"name\":\"n\",\"channels\":[\"email\"],\"url\":\"https://hooks.example.com/x\"%s}";

    private final String org = "org-" + UUID.randomUUID();

    private RequestSpecification tenant() {
        return tenant("prod");
    }

    private RequestSpecification tenant(String sandbox) {
        return given().contentType("application/json")
                .header("x-gw-ims-org-id", org)
                .header("x-sandbox-name", sandbox);
    }

    private static String with(String more) {
        return WEBHOOK.formatted("," + more);
    }

    private String create() {
        return tenant().body(WEBHOOK.formatted(""))
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void whatIsCreatedIsReadBackWithoutItsSecrets() {
        var created = tenant().body(
                        with("\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"HS256\",\"secret\":\"" + SECRET
                                + "\",\"claims\":{\"iss\":\"me\"}},\"signing\":{\"type\":\"hmac-sha256\",\"secret\":"
                                + "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}"))
                .post(PATH)
                .then()
                .statusCode(201)
                .header("ETag", equalTo("\"0\""))
                .extract();

        String id = created.path("id");
        assertThat(created.header("Location")).endsWith(PATH + "/" + id);
        tenant().get(PATH + "/" + id)
                .then()
                .body("authentication.secretSet", equalTo(true))
                .body("authentication.ttlSeconds", equalTo(300))
                .body("authentication.headerName", equalTo("Authorization"))
                .body("authentication.claims.iss", equalTo("me"))
                .body("signing.secretSet", equalTo(true))
                .body("state", equalTo("active"))
                .body("payloadVersion", equalTo("1"))
                .body(not(containsString(SECRET)))
                .body(not(containsString("whsec_")));
    }

    @Test
    void ofTwoCreatedAtOnceOneIsThere() throws Exception {
        Callable<Integer> create =
                () -> tenant().body(WEBHOOK.formatted("")).post(PATH).statusCode();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Integer> statuses = threads
                    .invokeAll(Stream.generate(() -> create).limit(8).toList())
                    .stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();

            assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
        }
    }

    @Test
    void aStaleEditIsRefusedAndAFreshOneKeepsTheSecret() {
        String jwt = "\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"HS256\"%s}";
        String id = tenant().body(with(jwt.formatted(",\"secret\":\"" + SECRET + "\"")))
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        tenant().header("If-Match", "\"7\"")
                .body(with(jwt.formatted("")))
                .put(PATH + "/" + id)
                .then()
                .statusCode(412);
        tenant().header("If-Match", "\"0\"")
                .body(with(jwt.formatted("")))
                .put(PATH + "/" + id)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("authentication.secretSet", equalTo(true));
        tenant().body(with("\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"RS256\"}"))
                .put(PATH + "/" + id)
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("authentication.privateKey"));
    }

    @Test
    void pausesResumesAndDeletes() {
        String id = create();

        tenant().post(PATH + "/" + id + "/pause")
                .then()
                .body("state", equalTo("paused"))
                .body("stateReason", nullValue());
        tenant().post(PATH + "/" + id + "/resume").then().body("state", equalTo("active"));
        tenant().header("If-Match", "\"0\"").delete(PATH + "/" + id).then().statusCode(412);
        tenant().delete(PATH + "/" + id).then().statusCode(204);
        tenant().get(PATH + "/" + id).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void anotherTenantsWebhookIsNotThere() {
        String id = create();

        tenant("other").get(PATH + "/" + id).then().statusCode(404);
        tenant("other").body(WEBHOOK.formatted("")).put(PATH + "/" + id).then().statusCode(404);
        tenant("other").delete(PATH + "/" + id).then().statusCode(404);
        tenant("other").get(PATH).then().body("items.size()", equalTo(0));
        given().header("x-gw-ims-org-id", org).get(PATH).then().body("items.size()", equalTo(1));
        given().get(PATH).then().statusCode(400).body("violations.field", hasItem("x-gw-ims-org-id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | name | is required",
                "{} | channels | at least one",
                "{} | url | is required",
                "{\"name\":7} | name | must be a string",
                "{\"channels\":[\"fax\"]} | channels[0] | must be email or sms",
                "{\"channels\":[\"sms\",\"sms\"]} | channels[1] | twice",
                "{\"url\":\"http://hooks.example.com\"} | url | must begin with https://",
                "{\"payloadVersion\":\"3\"} | payloadVersion | must be \"1\" or \"2\"",
                "{\"authentication\":7} | authentication | must be an object",
                "{\"authentication\":{\"type\":\"digest\"}} | authentication.type | must be none, basic, oauth2 or jwt",
                "{\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"none\"}} | authentication.algorithm | must be one of",
                "{\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"HS256\",\"secret\":\"short\"}} | authentication.secret | at least 32 bytes",
                "{\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"RS256\",\"privateKey\":\"x\"}} | authentication.privateKey | PEM private key",
                "{\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"HS256\",\"claims\":{\"exp\":1}}} | authentication.claims.exp | added by Tidings",
                "{\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"HS256\",\"ttlSeconds\":0}} | authentication.ttlSeconds | from 1 to 86400",
                "{\"headers\":[{\"name\":\"Host\",\"value\":\"x\"}]} | headers[0].name | must not be Host",
                "{\"headers\":[{\"name\":\"webhook-id\",\"value\":\"x\"}]} | headers[0].name | must not be webhook-id",
                "{\"headers\":[{\"name\":\"$x\",\"value\":\"x\"}]} | headers[0].name | must not start with",
                "{\"headers\":[{\"name\":\"a b\",\"value\":\"x\"}]} | headers[0].name | letters, digits",
                "{\"headers\":[{\"name\":\"a\",\"value\":\"x\\r\\nEvil: 1\"}]} | headers[0].value | no line breaks",
                "{\"headers\":[{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"A\",\"value\":\"2\"}]} | headers[1].name | twice",
                "{\"signing\":{\"type\":\"rsa\"}} | signing.type | ed25519",
                "{\"signing\":{\"type\":\"hmac-sha256\",\"secret\":\"whsec_AAAA\"}} | signing.secret | 24 to 64"
            })
    void everyRuleHasItsOwnMessage(String body, String field, String message) {
        tenant().body(body)
                .post(PATH)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.find { it.field == '" + field + "' }.message", containsString(message));
    }

    @Test
    void theTokensOwnHeaderIsTakenWhileItIsSent() {
        String header = "\"headers\":[{\"name\":\"authorization\",\"value\":\"x\"}]";

        tenant().body(with(header + ",\"authentication\":{\"type\":\"jwt\",\"algorithm\":\"HS256\",\"secret\":\""
                        + SECRET + "\"}"))
                .post(PATH)
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("the JWT is sent in this header"));
        tenant().body(with(header)).post(PATH).then().statusCode(201);
    }

    @Test
    void whatIsNotJsonIsMalformed() {
        tenant().body("{\"name\":").post(PATH).then().statusCode(400).body("detail", containsString("not JSON"));
        tenant().contentType("text/plain").body("x").post(PATH).then().statusCode(415);
        tenant().get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        tenant().delete(PATH).then().statusCode(405).contentType("application/problem+json");
    }
}
