package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.ReadyTenant;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    @Test
    void whatABreakerHoldsBackUsesUpNoAttemptAndArrivesWhenTheEndpointIsUpAgain() {
        bad.always(Answer.of(503));
        ReadyTenant tenant = ReadyTenant.of(bad);
        tenant.post(150);

        await().atMost(Duration.ofSeconds(10)).until(() -> loop.broken() == 1);
        int afterOpening = bad.requests().size();
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .until(() -> bad.requests().size() < afterOpening + 40);
        assertThat(tenant.deliveries("state=pending").getList("items.attemptCount", Integer.class))
                .hasSizeGreaterThan(60)
                .containsOnly(0);

        bad.always(Answer.of(200));

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        tenant.deliveries("state=delivered").getList("items").size() == 150);
        assertThat(loop.broken()).isZero();
    }

    @Test
    void endpointsThatHangLeaveOthersTheirPlaces() {
        bad.always(new Reaction.Hang());
        List<ReadyTenant> hanging =
                IntStream.range(0, 4).mapToObj(i -> ReadyTenant.of(bad)).toList();
        hanging.forEach(other -> other.post(30));
        await().atMost(Duration.ofSeconds(5)).until(() -> bad.requests().size() >= 8);
        ReadyTenant tenant = ReadyTenant.of(good);

        long begun = System.nanoTime();
        tenant.post(20);
        good.awaitRequests(20);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("others would have to wait for a timeout of ten seconds")
                .isLessThan(Duration.ofSeconds(5));
    }
}
