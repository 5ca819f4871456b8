package dev.tidings.dispatch;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.enableCampaign;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.feedback.Tenant;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import dev.tidings.testing.StubReceiver.Request;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a posted event to what a receiver gets, over real HTTP and a real database; each test is a tenant of its own. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class DeliveryFlowTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    ManualClock clock;

    private final Tenant tenant = newTenant();
    private final StubReceiver receiver = StubReceiver.tls();

    @BeforeEach
    void enableTheCampaign() {
        enableCampaign(tenant);
    }

    @AfterEach
    void closeTheReceiver() {
        receiver.close();
    }

    private RequestSpecification tenant() {
        return as(tenant);
    }

    private String createWebhook(Map<String, Object> more) {
        Map<String, Object> webhook = new HashMap<>(
                Map.of("name", "Orders", "channels", List.of("email", "sms"), "url", receiver.url("/feedback?x=1")));
        webhook.putAll(more);
        return tenant().body(webhook)
                .post("/v1/feedback-webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ObjectNode event(String sample) {
        try {
            ObjectNode event = (ObjectNode) JSON.readTree(Files.readString(Path.of("src/docs/samples", sample)));
            return event.put("imsOrg", tenant.imsOrg());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String post(JsonNode event) {
        return given().contentType("application/json")
                .body(event.toString())
                .post("/v1/feedback-events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1))
                .extract()
                .path("results[0].eventId");
    }

    private int count(String state) {
        return tenant().get("/v1/deliveries?limit=200&state=" + state)
                .then()
                .extract()
                .path("items.size()");
    }

    private String awaitState(String state) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> tenant().get("/v1/deliveries").path("items[0].state"), state::equals);
        return tenant().get("/v1/deliveries").path("items[0].id");
    }

    @Test
    void theDocumentedPayloadArrivesWithItsHeaders() throws JsonProcessingException {
        createWebhook(Map.of("headers", List.of(Map.of("name", "X-Team", "value", "crm"))));
        ObjectNode sample = event("email-bounce.json");

        String eventId = post(sample);

        Request request = receiver.awaitRequests(1).getFirst();
        assertThat(request.body()).isEqualTo(JSON.writeValueAsString(sample));
        assertThat(request.header("content-type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(request.header("webhook-id")).isEqualTo(eventId);
        assertThat(request.header("webhook-attempt")).isEqualTo("1");
        assertThat(request.header("webhook-timestamp")).matches("\\d{10}");
        assertThat(request.header("user-agent")).startsWith("Tidings/");
        assertThat(request.header("x-team")).isEqualTo("crm");
        assertThat(request.headers()).doesNotContainKeys("Authorization", "Webhook-signature", "Webhook-test");
        awaitState("delivered");
    }

    /** The time goes by while nothing may come, so that keeps off the earliest moments; the log tells them. */
    @Test
    void twoFailuresThenSuccessAreThreeAttemptsAtTheScheduledTimes() {
        createWebhook(Map.of());
        receiver.then(Answer.of(500)).then(Answer.of(500));

        String eventId = post(event("email-bounce.json"));
        receiver.awaitRequests(1);
        awaitState("retrying");
        assertThat(untilRetry()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(73));
        clock.advance(Duration.ofSeconds(40));
        assertNothingMoreThan(1);
        clock.advance(Duration.ofSeconds(33));
        receiver.awaitRequests(2);
        await().until(() -> tenant().get("/v1/deliveries").path("items[0].attemptCount"), Integer.valueOf(2)::equals);
        assertThat(untilRetry()).isBetween(Duration.ofSeconds(96), Duration.ofSeconds(145));
        clock.advance(Duration.ofSeconds(85));
        assertNothingMoreThan(2);
        clock.advance(Duration.ofSeconds(60));

        List<Request> requests = receiver.awaitRequests(3);
        assertThat(requests).extracting(r -> r.header("webhook-attempt")).containsExactly("1", "2", "3");
        assertThat(requests).extracting(r -> r.header("webhook-id")).containsOnly(eventId);
        assertThat(requests)
                .extracting(Request::body)
                .containsOnly(requests.getFirst().body());
        awaitState("delivered");
    }

    /** From the last attempt to the next one. */
    private Duration untilRetry() {
        JsonPath log = tenant().get("/v1/deliveries").jsonPath();
        return Duration.between(
                Instant.parse(log.getString("items[0].lastAttemptAt")),
                Instant.parse(log.getString("items[0].nextAttemptAt")));
    }

    private void assertNothingMoreThan(int requests) {
        await().during(Duration.ofMillis(1_200)).until(() -> receiver.requests().size() == requests);
    }

    @Test
    void anUnauthorizedTokenIsMintedAnewOnce() {
        createWebhook(Map.of(
                "authentication",
                Map.of(
                        "type",
                        "jwt",
                        "algorithm",
                        "HS256",
                        "secret",
                        "0123456789abcdef0123456789abcdef",
                        "claims",
                        Map.of("iss", "me"))));
        receiver.then(Answer.of(401));

        post(event("email-bounce.json"));

        List<Request> requests = receiver.awaitRequests(2);
        assertThat(requests).extracting(r -> r.header("webhook-attempt")).containsExactly("1", "2");
        assertThat(requests.get(0).header("authorization")).startsWith("Bearer ey");
        assertThat(requests.get(1).header("authorization"))
                .isNotEqualTo(requests.get(0).header("authorization"));
        awaitState("delivered");
    }

    @Test
    void goneFailsTheDeliveryAndPausesTheWebhook() {
        String webhook = createWebhook(Map.of());
        receiver.then(Answer.of(410));

        post(event("email-bounce.json"));

        awaitState("failed");
        tenant().get("/v1/feedback-webhooks/" + webhook)
                .then()
                .body("state", equalTo("paused"))
                .body("stateReason", equalTo("The endpoint answered 410 (Gone)"));
    }

    @Test
    void goneFromAnUrlThatWasEditedMeanwhilePausesNothing() {
        String webhook = createWebhook(Map.of());
        receiver.then(new Reaction.Late(Duration.ofSeconds(1), Answer.of(410)));
        post(event("email-bounce.json"));
        receiver.awaitRequests(1);

        tenant().body(Map.of("name", "Orders", "channels", List.of("email"), "url", receiver.url("/new")))
                .put("/v1/feedback-webhooks/" + webhook)
                .then()
                .statusCode(200);
        awaitState("failed");

        tenant().get("/v1/feedback-webhooks/" + webhook)
                .then()
                .header("ETag", "\"1\"")
                .body("state", equalTo("active"));
        post(event("email-bounce.json"));
        assertThat(receiver.awaitRequests(2).getLast().uri()).isEqualTo("/new");
        awaitState("delivered");
    }

    @Test
    void goneManyTimesAtOncePausesOnce() {
        String webhook = createWebhook(Map.of());
        receiver.always(Answer.of(410));
        ArrayNode events = JSON.createArrayNode();
        for (int i = 0; i < 30; i++) {
            events.add(event("email-bounce.json"));
        }

        given().contentType("application/json")
                .body(events.toString())
                .post("/v1/feedback-events")
                .then()
                .statusCode(202);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> tenant().get("/v1/feedback-webhooks/" + webhook).path("state"), "paused"::equals);
        await().atMost(Duration.ofSeconds(10)).until(() -> count("failed") > 0 && count("delivering") == 0);
        tenant().get("/v1/feedback-webhooks/" + webhook).then().header("ETag", "\"1\"");
    }

    @Test
    void whatIsPausedWaitsAndIsSentWhenResumed() {
        String webhook = createWebhook(Map.of());
        tenant().post("/v1/feedback-webhooks/" + webhook + "/pause").then().statusCode(200);

        post(event("email-bounce.json"));
        awaitState("pending");
        assertNothingMoreThan(0);
        tenant().post("/v1/feedback-webhooks/" + webhook + "/resume").then().statusCode(200);

        receiver.awaitRequests(1);
        awaitState("delivered");
    }

    @Test
    void aFailedDeliveryIsRedeliveredAndItsAttemptsGoOn() {
        createWebhook(Map.of());
        receiver.then(Answer.of(400));
        post(event("email-bounce.json"));
        String id = awaitState("failed");

        tenant().post("/v1/deliveries/" + id + "/redeliver").then().statusCode(202);

        assertThat(receiver.awaitRequests(2))
                .extracting(r -> r.header("webhook-attempt"))
                .containsExactly("1", "2");
        awaitState("delivered");
    }

    @Test
    void aRepeatedEventIdIsNotSentAgain() {
        createWebhook(Map.of());
        ObjectNode event = event("email-bounce.json").put("eventId", "order-1");
        post(event);
        receiver.awaitRequests(1);

        given().contentType("application/json")
                .body("[" + event + "," + event("email-bounce.json").put("eventId", "order-2") + ", 7]")
                .post("/v1/feedback-events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("duplicates", equalTo(1))
                .body("rejected", equalTo(1))
                .body("results.status", equalTo(List.of("duplicate", "accepted", "rejected")));

        assertThat(receiver.awaitRequests(2))
                .extracting(r -> r.header("webhook-id"))
                .containsExactly("order-1", "order-2");
    }

    @Test
    void versionTwoOfAnSmsArrivesToTheLetter() throws JsonProcessingException {
        createWebhook(Map.of("payloadVersion", "2"));
        ObjectNode sample = event("sms-delivered-v2.json");

        post(sample);

        assertThat(receiver.awaitRequests(1).getFirst().body()).isEqualTo(JSON.writeValueAsString(sample));
    }

    @Test
    void deletingTheWebhookEndsWhatWaits() {
        String webhook = createWebhook(Map.of());
        tenant().post("/v1/feedback-webhooks/" + webhook + "/pause");
        post(event("email-bounce.json"));
        awaitState("pending");

        tenant().delete("/v1/feedback-webhooks/" + webhook).then().statusCode(204);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> tenant().get("/v1/deliveries").path("items[0].state"), "failed"::equals);
    }

    @Test
    void eventsWithoutAWebhookAreSkippedWithTheReason() {
        given().contentType("application/json")
                .body(event("email-bounce.json").toString())
                .post("/v1/feedback-events")
                .then()
                .statusCode(202)
                .body("skipped", equalTo(1))
                .body("results[0].reason", equalTo("The sandbox has no webhook"));
    }
}
