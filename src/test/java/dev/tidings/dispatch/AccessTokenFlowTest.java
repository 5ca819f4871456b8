package dev.tidings.dispatch;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.enableCampaign;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Json;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries whose credentials come from an authorization server, and what its outage does to them: nothing is lost. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class AccessTokenFlowTest {
    @Inject
    ManualClock clock;

    private final Tenant tenant = newTenant();
    private final StubReceiver receiver = StubReceiver.tls();
    private final StubReceiver server = StubReceiver.tls();

    @BeforeEach
    void configure() {
        enableCampaign(tenant);
        as(tenant)
                .body(Map.of(
                        "name",
                        "Orders",
                        "channels",
                        List.of("email"),
                        "url",
                        receiver.url("/"),
                        "authentication",
                        Map.of(
                                "type",
                                "oauth2",
                                "tokenUrl",
                                server.url("/token"),
                                "clientId",
                                "tidings",
                                "clientSecret",
                                "s3cret")))
                .post("/v1/feedback-webhooks")
                .then()
                .statusCode(201);
    }

    @AfterEach
    void close() {
        receiver.close();
        server.close();
    }

    private static Answer token(String token) {
        String body = "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}";
        return new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private void post() throws IOException {
        String event = Json.with(
                Files.readString(Path.of("src/docs/samples/email-bounce.json")),
                "imsOrg",
                Json.string(tenant.imsOrg()));
        given().contentType("application/json")
                .body(event)
                .post("/v1/feedback-events")
                .then()
                .statusCode(202);
    }

    private void awaitState(String state) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> as(tenant).get("/v1/deliveries").path("items[0].state"), state::equals);
    }

    private List<Map<String, Object>> attempts() {
        String id = as(tenant).get("/v1/deliveries").path("items[0].id");
        return as(tenant).get("/v1/deliveries/" + id).path("attempts");
    }

    @Test
    void oneTokenServesManyDeliveries() throws IOException {
        server.always(token("t1"));
        for (int i = 0; i < 20; i++) {
            post();
        }

        assertThat(receiver.awaitRequests(20)).allMatch(request -> "Bearer t1".equals(request.header("authorization")));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a401FetchesAnotherTokenAndTriesOnceMoreAtOnce() throws IOException {
        server.then(token("t1")).then(token("t2"));
        receiver.then(Answer.of(401));

        post();

        assertThat(receiver.awaitRequests(2))
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer t1", "Bearer t2");
        awaitState("delivered");
    }

    @Test
    void anOutageOfTheAuthorizationServerIsARetryWithItsOwnReason() throws IOException {
        server.then(Answer.of(503)).then(token("t1"));

        post();
        awaitState("retrying");

        assertThat(receiver.requests()).isEmpty();
        assertThat(String.valueOf(attempts().getFirst().get("error")))
                .contains("No access token from localhost:", "the receiver was not asked: it answered 503");
        clock.advance(Duration.ofSeconds(73));
        awaitState("delivered");
        assertThat(receiver.requests()).hasSize(1);
    }
}
