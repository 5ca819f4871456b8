package dev.tidings.dispatch;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.enableCampaign;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an endpoint that is down, or hangs, costs its own deliveries and those of others. */
@QuarkusTest
@TestProfile(FairnessFlowTest.QuickBreaker.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class FairnessFlowTest {
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

    private static Tenant tenant(StubReceiver receiver) {
        Tenant tenant = newTenant();
        as(tenant)
                .body(Map.of("name", "n", "channels", List.of("email"), "url", receiver.url("/")))
                .post("/v1/feedback-webhooks")
                .then()
                .statusCode(201);
        enableCampaign(tenant);
        return tenant;
    }

    private static void post(Tenant tenant, int count) {
        String event = sample().replace("myImsOrg", tenant.imsOrg());
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

    private static int count(Tenant tenant, String state) {
        return as(tenant)
                .get("/v1/deliveries?limit=200&state=" + state)
                .then()
                .statusCode(200)
                .extract()
                .<List<?>>path("items")
                .size();
    }

    @Test
    void whatABreakerHoldsBackUsesUpNoAttemptAndArrivesWhenTheEndpointIsUpAgain() {
        bad.always(Answer.of(503));
        Tenant tenant = tenant(bad);
        post(tenant, 150);

        await().atMost(Duration.ofSeconds(10)).until(() -> loop.broken() == 1);
        int afterOpening = bad.requests().size();
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> bad.requests().size() < afterOpening + 40);
        assertThat(as(tenant)
                        .get("/v1/deliveries?limit=200&state=pending")
                        .then()
                        .extract()
                        .<List<Integer>>path("items.attemptCount"))
                .hasSizeGreaterThan(60)
                .containsOnly(0);

        bad.always(Answer.of(200));

        await().atMost(Duration.ofSeconds(20)).until(() -> count(tenant, "delivered") == 150);
        assertThat(loop.broken()).isZero();
    }

    @Test
    void endpointsThatHangLeaveOthersTheirPlaces() {
        bad.always(new Reaction.Hang());
        List<Tenant> hanging = IntStream.range(0, 4).mapToObj(i -> tenant(bad)).toList();
        hanging.forEach(other -> post(other, 30));
        await().atMost(Duration.ofSeconds(5)).until(() -> bad.requests().size() >= 8);
        Tenant tenant = tenant(good);

        long begun = System.nanoTime();
        post(tenant, 20);
        good.awaitRequests(20);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("others would have to wait for a timeout of ten seconds")
                .isLessThan(Duration.ofSeconds(5));
    }
}
