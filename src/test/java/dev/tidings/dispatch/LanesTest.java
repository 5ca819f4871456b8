package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.queue.Delivery;
import dev.tidings.queue.Delivery.Progress;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In the application, since breakers are SmallRye's, which it sets up. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class LanesTest {
    private static final UUID BUSY = new UUID(0, 1);
    private static final UUID QUIET = new UUID(0, 2);

    private static final Duration FAST = Duration.ofMillis(1);
    private static final Duration BREAKER_DELAY = Duration.ofMillis(100);

    private final Map<UUID, Long> alarms = new HashMap<>();
    private final Lanes lanes = lanes(1_000, 0);
    private int counter;

    private Lanes lanes(int capacity, double ratePerSecond) {
        var rules = new Lane.Rules(64, 20, BREAKER_DELAY, ratePerSecond);
        return new Lanes(rules, capacity, System::nanoTime, alarms::put);
    }

    private Delivery first(UUID webhook) {
        return delivery(webhook, 0);
    }

    private Delivery retry(UUID webhook) {
        return delivery(webhook, 1);
    }

    private Delivery delivery(UUID webhook, int retries) {
        var progress = new Progress(retries, retries, Instant.EPOCH);
        return new Delivery(new UUID(1, counter++), webhook, 1, "event", new byte[0], progress);
    }

    private List<Delivery> takeAll() {
        List<Delivery> taken = new ArrayList<>();
        for (Delivery next = lanes.next(); next != null; next = lanes.next()) {
            taken.add(next);
        }
        return taken;
    }

    @Test
    void lanesTakeTurns() {
        for (int i = 0; i < 5; i++) {
            lanes.add(first(BUSY));
        }
        Delivery quiet = first(QUIET);
        lanes.add(quiet);

        lanes.next();

        assertThat(lanes.next()).isEqualTo(quiet);
    }

    @Test
    void aLaneBeginsWithEightInFlight() {
        for (int i = 0; i < 20; i++) {
            lanes.add(first(BUSY));
        }

        List<Delivery> taken = takeAll();

        assertThat(taken).hasSize(8);
        lanes.landed(taken.getFirst(), FAST, false);
        assertThat(takeAll()).as("the failure halved the limit to four").isEmpty();
    }

    @Test
    void firstAttemptsGoInTheirOrder() {
        Delivery one = first(BUSY);
        Delivery two = first(BUSY);
        lanes.add(one);
        lanes.add(two);

        assertThat(takeAll()).containsExactly(one, two);
    }

    @Test
    void retriesTakeAQuarterWhileFirstAttemptsWait() {
        for (int i = 0; i < 20; i++) {
            lanes.add(retry(BUSY));
            lanes.add(first(BUSY));
        }

        assertThat(takeAll().stream().filter(Delivery::isRetry)).hasSize(2);
    }

    @Test
    void retriesTakeAllPlacesWhenNothingElseWaits() {
        for (int i = 0; i < 20; i++) {
            lanes.add(retry(BUSY));
        }

        assertThat(takeAll()).hasSize(8);
    }

    @Test
    void lanesThatHangLeaveRoomForOthers() {
        Lanes small = lanes(16, 0);
        UUID hanging = new UUID(0, 3);
        for (int i = 0; i < 20; i++) {
            small.add(first(BUSY));
            small.add(first(hanging));
        }
        for (int i = 0; i < 12; i++) {
            small.next();
        }

        Delivery quiet = first(QUIET);
        small.add(quiet);

        List<Delivery> more = new ArrayList<>();
        for (Delivery next = small.next(); next != null; next = small.next()) {
            more.add(next);
        }
        assertThat(more).contains(quiet);
        assertThat(small.inFlight()).as("a place is kept for the next newcomer").isLessThan(16);
    }

    @Test
    void anEndpointThatIsDownIsHeldBackAndProbed() {
        for (int i = 0; i < 30; i++) {
            lanes.add(first(BUSY));
        }
        boolean opened = false;
        for (int i = 0; i < 20; i++) {
            opened = lanes.landed(Objects.requireNonNull(lanes.next()), FAST, false);
        }

        assertThat(opened).isTrue();
        assertThat(lanes.broken()).isOne();
        assertThat(lanes.next()).isNull();
        assertThat(lanes.appetite(BUSY)).isZero();
        assertThat(alarms).containsKey(BUSY);

        await().atMost(Duration.ofSeconds(5)).until(() -> {
            lanes.wake(BUSY);
            Delivery probe = lanes.next();
            return probe != null && !lanes.landed(probe, FAST, true);
        });
        assertThat(lanes.landed(Objects.requireNonNull(lanes.next()), FAST, true))
                .as("the second success closes it")
                .isTrue();
        assertThat(lanes.isOpenToAll(BUSY)).isTrue();
        assertThat(lanes.broken()).isZero();
    }

    @Test
    void onlyOneProbeAtATime() {
        for (int i = 0; i < 30; i++) {
            lanes.add(first(BUSY));
        }
        for (int i = 0; i < 20; i++) {
            lanes.landed(Objects.requireNonNull(lanes.next()), FAST, false);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            lanes.wake(BUSY);
            return lanes.next() != null;
        });

        assertThat(lanes.next()).isNull();
    }

    @Test
    void aTenantsRateHoldsBackAndRingsWhenTheNextMayGo() {
        Lanes limited = lanes(1_000, 2);
        for (int i = 0; i < 5; i++) {
            limited.add(first(BUSY));
        }

        assertThat(limited.next()).isNotNull();
        assertThat(limited.next()).isNotNull();
        assertThat(limited.next()).isNull();
        assertThat(alarms.get(BUSY)).isBetween(1L, 500_000_000L);
    }

    @Test
    void anEndpointThatChangedStartsAfresh() {
        for (int i = 0; i < 20; i++) {
            lanes.add(first(BUSY));
            lanes.landed(Objects.requireNonNull(lanes.next()), FAST, false);
        }
        assertThat(lanes.isOpenToAll(BUSY)).isFalse();

        lanes.forget(BUSY);

        assertThat(lanes.isOpenToAll(BUSY)).isTrue();
        assertThat(lanes.broken()).isZero();
    }

    @Test
    void anEmptiedLaneHasNothingToSend() {
        lanes.add(first(BUSY));
        lanes.add(retry(BUSY));

        assertThat(lanes.empty(BUSY)).hasSize(2);
        assertThat(lanes.next()).isNull();
        assertThat(lanes.waiting(BUSY)).isZero();
    }
}
