package dev.tidings.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an endpoint that is down, or hangs, costs its own deliveries and those of others. */
@QuarkusTest
@TestProfile(FairnessFlowTest.QuickBreaker.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class FairnessFlowTest {
    private static final String CAMPAIGN = "16f24a15-7e21-477c-848a-d5695ca7f137";

    /** Breakers that probe soon, and few places. */
    public static final class QuickBreaker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tidings.dispatch.breaker-delay", "300ms",
                    "tidings.dispatch.in-flight", "16",
                    "tidings.dispatch.claim-every", "100ms",
                    "tidings.dispatch.retry-delays", "200ms");
        }
    }

    @Inject
    DispatchLoop loop;

    private final StubReceiver bad = StubReceiver.tls();
    private final StubReceiver good = StubReceiver.tls();

    @AfterEach
    void close() {
        bad.close();
        good.close();
    }

    private static RequestSpecification as(String org) {
        return given().contentType("application/json")
                .header("x-gw-ims-org-id", org)
                .header("x-sandbox-name", "prod");
    }

    private static String tenant(StubReceiver receiver) {
        String org = "org-" + UUID.randomUUID();
        as(org).body(Map.of("name", "n", "channels", List.of("email"), "url", receiver.url("/")))
                .post("/v1/feedback-webhooks")
                .then()
                .statusCode(201);
        as(org).body(Map.of(
                        "name",
                        "n",
                        "category",
                        "Transactional",
                        "campaignType",
                        "ApiTriggered",
                        "enableWebhooks",
                        true))
                .put("/v1/campaigns/" + CAMPAIGN)
                .then()
                .statusCode(200);
        return org;
    }

    private static void post(String org, int count) {
        String event = sample().replace("myImsOrg", org);
        given().contentType("application/json")
                .body(IntStream.range(0, count).mapToObj(i -> event).collect(Collectors.joining(",", "[", "]")))
                .post("/v1/feedback-events")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(count));
    }

    private static String sample() {
        try {
            return Files.readString(Path.of("src/docs/samples/email-bounce.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int count(String org, String state) {
        return as(org).get("/v1/deliveries?limit=200&state=" + state)
                .then()
                .statusCode(200)
                .extract()
                .<List<?>>path("items")
                .size();
    }

    @Test
    void whatABreakerHoldsBackUsesUpNoAttemptAndArrivesWhenTheEndpointIsUpAgain() {
        bad.always(Answer.of(503));
        String org = tenant(bad);
        post(org, 150);

        await().atMost(Duration.ofSeconds(10)).until(() -> loop.broken() == 1);
        int afterOpening = bad.requests().size();
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> bad.requests().size() < afterOpening + 40);
        assertThat(as(org).get("/v1/deliveries?limit=200&state=pending")
                        .then()
                        .extract()
                        .<List<Integer>>path("items.attemptCount"))
                .hasSizeGreaterThan(60)
                .containsOnly(0);

        bad.always(Answer.of(200));

        await().atMost(Duration.ofSeconds(20)).until(() -> count(org, "delivered") == 150);
        assertThat(loop.broken()).isZero();
    }

    @Test
    void endpointsThatHangLeaveOthersTheirPlaces() {
        bad.always(new Reaction.Hang());
        List<String> hanging = IntStream.range(0, 4).mapToObj(i -> tenant(bad)).toList();
        hanging.forEach(org -> post(org, 30));
        await().atMost(Duration.ofSeconds(5)).until(() -> bad.requests().size() >= 8);
        String org = tenant(good);

        long begun = System.nanoTime();
        post(org, 20);
        good.awaitRequests(20);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("others would have to wait for a timeout of ten seconds")
                .isLessThan(Duration.ofSeconds(5));
    }
}
