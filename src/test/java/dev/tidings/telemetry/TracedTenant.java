package dev.tidings.telemetry;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.enableCampaign;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Json;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant with a webhook, its receiver, and whoever posts its events with a {@code traceparent} or without. */
final class TracedTenant implements AutoCloseable {
    final Tenant tenant = newTenant();
    final StubReceiver receiver = StubReceiver.plain();
    final String webhookId;

    TracedTenant(boolean sendTraceparent) {
        enableCampaign(tenant);
        webhookId = as(tenant)
                .body(Map.of(
                        "name",
                        "Orders",
                        "channels",
                        List.of("email"),
                        "url",
                        receiver.url("/"),
                        "sendTraceparent",
                        sendTraceparent))
                .post("/v1/feedback-webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    static String newTraceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    void post(String... traceparents) {
        var request = given().contentType("application/json").body(event());
        for (String traceparent : traceparents) {
            request.header("traceparent", traceparent);
        }
        request.post("/v1/feedback-events").then().statusCode(202);
    }

    private String event() {
        try {
            return Json.with(
                    Files.readString(Path.of("src/docs/samples/email-bounce.json")),
                    "imsOrg",
                    Json.string(tenant.imsOrg()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitState(String state) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> as(tenant).get("/v1/deliveries").path("items[0].state"), state::equals);
    }

    /** The values of that header, of so many attempts; {@code null} where there was none. */
    List<String> awaitTraceparents(int attempts) {
        return receiver.awaitRequests(attempts).stream()
                .map((Request request) -> request.header("traceparent"))
                .toList();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
