package dev.tidings.console;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static dev.tidings.testing.Requests.as;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.webhook.WebhookCache;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** From the button to the receiver: the application's own inbox. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class RedeliveryFlowTest {

    @TestHTTPResource("/dev/inbox")
    String inbox = "";

    @Inject
    DataSource database;

    @Inject
    WebhookCache webhooks;

    private final Tenant tenant = newTenant();

    @Test
    void aFailedDeliveryReachesTheReceiverWithItsOldIdAndTheNextNumber() {
        DeliveryRows rows = new DeliveryRows(database);
        String eventId = "order-" + UUID.randomUUID();
        UUID id = rows.failed(Event.plain(tenant, NOON).withEventId(eventId), "The endpoint answered 404");
        rows.attempt(id, 1, "failed", 404, "The endpoint answered 404");
        UUID webhook = rows.webhook(tenant, "active", inbox, "email");
        await().until(() -> webhooks.byId(webhook) != null);

        as(tenant).post("/v1/deliveries/" + id + "/redeliver").then().statusCode(202);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(tenant)
                        .get("/v1/deliveries/" + id)
                        .then()
                        .body("state", equalTo("delivered"))
                        .body("attempts.number", contains(1, 2))
                        .body("attempts.outcome", contains("failed", "delivered")));
        as(tenant)
                .get("/v1/deliveries/" + id)
                .then()
                .body("attempts[1].request.url", equalTo(inbox))
                .body("attempts[1].request.headers.find { it.name == 'webhook-id' }.value", equalTo(eventId))
                .body("attempts[1].request.headers.find { it.name == 'webhook-attempt' }.value", equalTo("2"))
                .body("attempts[1].responseHeaders.name", hasItem("content-type"))
                .body("attempts[1].connection.address", equalTo("127.0.0.1"))
                .body("attempts[1].connection.httpVersion", equalTo("HTTP/1.1"))
                .body("attempts[1].connection.tlsProtocol", nullValue())
                .body("attempts[1].timing.resolveMillis", greaterThanOrEqualTo(0))
                .body("attempts[1].timing.connectMillis", greaterThanOrEqualTo(0))
                .body("attempts[1].timing.waitMillis", greaterThanOrEqualTo(0));
        given().get("/dev/inbox")
                .then()
                .body("items.headers*.'webhook-id'", hasItem(eventId))
                .body(
                        "items.find { it.headers.'webhook-id' == '" + eventId + "' }.headers.'webhook-attempt'",
                        equalTo("2"))
                .body("items.find { it.headers.'webhook-id' == '" + eventId + "' }.body.z", equalTo(1.5f));
    }
}
