package dev.tidings.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.standardwebhooks.Webhook;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Request;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a receiver can verify, from the API's PUT to the request on the wire, with a library that others wrote. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class SignedDeliveryTest {
    private static final String PATH = "/v1/feedback-webhooks";
    private static final String OLD = "whsec_" + "A".repeat(32);
    private static final String NEW = "whsec_" + "B".repeat(32);

    private final String org = "org-" + UUID.randomUUID();

    @Test
    void aSecretRotatesWithoutAGap() {
        try (var receiver = StubReceiver.plain()) {
            String id = create(receiver, hmac(OLD, ""));
            verify(sent(receiver, id), OLD);

            put(receiver, id, hmac(NEW, ", \"overlapSeconds\": 3600"))
                    .then()
                    .statusCode(200)
                    .body("signing.overlapUntil", notNullValue())
                    .body(not(containsString("whsec_")));
            Request overlapping = sent(receiver, id);
            verify(overlapping, OLD);
            verify(overlapping, NEW);

            put(receiver, id, "{\"type\": \"hmac-sha256\", \"overlapSeconds\": 0}")
                    .then()
                    .statusCode(200);
            Request after = sent(receiver, id);
            verify(after, NEW);
            assertThat(after.header("webhook-signature")).doesNotContain(" ");
        }
    }

    @Test
    void aKeyThatTidingsMadeShowsItsPublicHalfOnly() {
        try (var receiver = StubReceiver.plain()) {
            String id = create(receiver, "{\"type\": \"ed25519\"}");

            tenant().get(PATH + "/" + id)
                    .then()
                    .body("signing.publicKey", matchesPattern("whpk_[A-Za-z0-9+/]{43}="))
                    .body(not(containsString("whsk_")));
            assertThat(sent(receiver, id).header("webhook-signature")).matches("v1a,[A-Za-z0-9+/]{86}==");
        }
    }

    private static void verify(Request request, String secret) {
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(String.valueOf(request.header("webhook-id"))),
                "webhook-timestamp", List.of(String.valueOf(request.header("webhook-timestamp"))),
                "webhook-signature", List.of(String.valueOf(request.header("webhook-signature"))));
        String body = new String(request.bytes(), StandardCharsets.UTF_8);

        assertThatCode(() -> new Webhook(secret).verify(body, headers)).doesNotThrowAnyException();
    }

    private Request sent(StubReceiver receiver, String id) {
        tenant().post(PATH + "/" + id + "/test").then().statusCode(200);
        return receiver.requests().getLast();
    }

    private String create(StubReceiver receiver, String signing) {
        return tenant().body(webhook(receiver, signing))
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private io.restassured.response.Response put(StubReceiver receiver, String id, String signing) {
        return tenant().body(webhook(receiver, signing)).put(PATH + "/" + id);
    }

    private static String webhook(StubReceiver receiver, String signing) {
        return "{\"name\": \"n\", \"channels\": [\"email\"], \"url\": \"" + receiver.url("/") + "\", \"signing\": "
                + signing + "}";
    }

    private static String hmac(String secret, String more) {
        return "{\"type\": \"hmac-sha256\", \"secret\": \"" + secret + "\"" + more + "}";
    }

    private RequestSpecification tenant() {
        return given().contentType("application/json")
                .header("x-gw-ims-org-id", org)
                .header("x-sandbox-name", "prod");
    }
}
