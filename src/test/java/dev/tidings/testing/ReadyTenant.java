package dev.tidings.testing;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.enableCampaign;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tidings.feedback.Tenant;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tenant that nobody else has, with a webhook that leads to a receiver and with the samples' campaign enabled. */
public record ReadyTenant(Tenant tenant, String webhookId) {

    public static ReadyTenant of(StubReceiver receiver) {
        return of(receiver, Map.of());
    }

    /** @param more what its webhook says besides name, channels and URL */
    public static ReadyTenant of(StubReceiver receiver, Map<String, Object> more) {
        Tenant tenant = newTenant();
        Map<String, Object> webhook =
                new HashMap<>(Map.of("name", "Orders", "channels", List.of("email"), "url", receiver.url("/")));
        webhook.putAll(more);
        String id = as(tenant)
                .body(webhook)
                .post("/v1/feedback-webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        enableCampaign(tenant);
        return new ReadyTenant(tenant, id);
    }

    /** Posts the sample that many times, in one request. */
    public void post(int count) {
        events(count).post("/v1/feedback-events").then().statusCode(202).body("accepted", equalTo(count));
    }

    /** What {@link #post} sends, for who has something to add. */
    public RequestSpecification events(int count) {
        try {
            String event = Json.with(
                    Files.readString(Path.of("src/docs/samples/email-bounce.json")),
                    "imsOrg",
                    Json.string(tenant.imsOrg()));
            return given().contentType("application/json")
                    .body(Collections.nCopies(count, event).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest 200 deliveries of the log that the query selects: {@code state=failed}. */
    public JsonPath deliveries(String query) {
        return as(tenant)
                .get("/v1/deliveries?limit=200&" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits until the newest delivery is in that state. */
    public void awaitState(String state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> deliveries("").getString("items[0].state"), state::equals);
    }
}
