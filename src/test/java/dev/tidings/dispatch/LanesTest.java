package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.queue.Delivery;
import dev.tidings.queue.Delivery.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final UUID BUSY = new UUID(0, 1);
    private static final UUID QUIET = new UUID(0, 2);

    private final Lanes lanes = new Lanes(8);
    private int counter;

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
    void aLaneHasNoMoreInFlightThanItsLimit() {
        for (int i = 0; i < 20; i++) {
            lanes.add(first(BUSY));
        }

        List<Delivery> taken = takeAll();

        assertThat(taken).hasSize(8);
        lanes.landed(taken.getFirst());
        assertThat(takeAll()).hasSize(1);
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
    void anEmptiedLaneHasNothingToSend() {
        lanes.add(first(BUSY));
        lanes.add(retry(BUSY));

        assertThat(lanes.empty(BUSY)).hasSize(2);
        assertThat(lanes.next()).isNull();
        assertThat(lanes.waiting(BUSY)).isZero();
    }
}
