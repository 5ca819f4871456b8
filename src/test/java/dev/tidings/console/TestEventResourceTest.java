package dev.tidings.console;

import static dev.tidings.testing.DeliveryRows.newTenant;
import static dev.tidings.testing.Requests.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import dev.tidings.webhook.WebhookCache;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inbox of the application itself is the receiver. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class TestEventResourceTest {

    @TestHTTPResource("/dev/inbox")
    String inbox = "";

    @Inject
    DataSource database;

    @Inject
    WebhookCache webhooks;

    private final Tenant tenant = newTenant();

    @Test
    void theSampleArrivesAndTheAnswerIsShown() {
        UUID webhook = webhook("active", inbox, "email");

        String requestId = as(tenant)
                .header("x-sandbox-id", "068abf40-575e-11ea-8512-9b1bfdb82603")
                .post("/v1/feedback-webhooks/" + webhook + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(true))
                .body("statusCode", equalTo(200))
                .body("durationMillis", notNullValue())
                .body("responseBody", containsString("received"))
                .body("requestBody.imsOrg", equalTo(tenant.imsOrg()))
                .body("requestBody.sandbox.id", equalTo("068abf40-575e-11ea-8512-9b1bfdb82603"))
                .body("$", not(hasKey("error")))
                .extract()
                .path("requestBody.requestId");

        assertThat(headersOf(requestId))
                .containsEntry("webhook-test", "true")
                .containsEntry("webhook-attempt", "1")
                .containsEntry("content-type", "application/json; charset=UTF-8");
    }

    @Test
    void aRefusalIsToldAsItWas() {
        UUID webhook = webhook("active", inbox + "?status=503", "sms");

        as(tenant)
                .post("/v1/feedback-webhooks/" + webhook + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(false))
                .body("statusCode", equalTo(503))
                .body("requestBody.channel", equalTo("sms"));
    }

    @Test
    void anEndpointThatIsNotThereIsToldInWords() {
        UUID webhook = webhook("active", "http://localhost:1/", "email");

        as(tenant)
                .post("/v1/feedback-webhooks/" + webhook + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(false))
                .body("error", containsString("onnection"))
                .body("$", not(hasKey("statusCode")));
    }

    @Test
    void aPauseDoesNotStopTestsAndTheLogDoesNotShowThem() {
        UUID webhook = webhook("paused", inbox, "email");

        as(tenant)
                .post("/v1/feedback-webhooks/" + webhook + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(true));

        as(tenant).get("/v1/deliveries").then().body("items", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uuid", "0198f5b2-31c7-7d70-9a41-6f0a7c4b1e55"})
    void anUnknownWebhookIsNotFound(String id) {
        as(tenant).post("/v1/feedback-webhooks/" + id + "/test").then().statusCode(404);
    }

    @Test
    void anotherTenantsWebhookIsNotFound() {
        UUID webhook = webhook("active", inbox, "email");

        as(newTenant())
                .post("/v1/feedback-webhooks/" + webhook + "/test")
                .then()
                .statusCode(404);
    }

    private UUID webhook(String state, String url, String channels) {
        UUID id = new DeliveryRows(database).webhook(tenant, state, url, channels);
        await().until(() -> webhooks.byId(id) != null);
        return id;
    }

    /** Of the request that carried that id. Names in lower case: how they are sent is the HTTP version's choice. */
    private static Map<String, String> headersOf(String requestId) {
        List<Map<String, Object>> found = given().get("/dev/inbox")
                .jsonPath()
                .getList(
                        "items.findAll { it.body instanceof Map && it.body.requestId == '" + requestId + "' }.headers");
        assertThat(found).hasSize(1);
        Map<String, String> headers = new HashMap<>();
        found.getFirst().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.toString()));
        return headers;
    }
}
