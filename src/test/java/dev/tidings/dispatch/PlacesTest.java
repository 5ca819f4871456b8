package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @Test
    void aFullWebhookSpillsUntilTheTableIsEmpty() {
        Places places = new Places(2, 1_000);
        assertThat(places.reserve(ONE, 10)).isTrue();
        assertThat(places.reserve(ONE, 10)).isTrue();
        assertThat(places.reserve(ONE, 10)).isFalse();

        places.giveBack(ONE, 10);

        assertThat(places.reserve(ONE, 10)).as("older ones wait in the table").isFalse();
        places.caughtUp(ONE);
        assertThat(places.reserve(ONE, 10)).isTrue();
    }

    @Test
    void oneWebhooksPlacesAreNotAnothers() {
        Places places = new Places(1, 1_000);
        places.reserve(ONE, 10);

        assertThat(places.reserve(OTHER, 10)).isTrue();
        assertThat(places.free(ONE)).isZero();
    }

    @Test
    void whoHasNothingInMemoryIsForgotten() {
        Places places = new Places(2, 1_000);
        places.take(ONE, 10);
        places.take(ONE, 20);
        places.take(OTHER, 10);

        places.giveBack(ONE, 20);
        assertThat(places.webhooks()).isEqualTo(2);
        places.giveBack(ONE, 10);
        assertThat(places.webhooks()).isEqualTo(1);
        assertThat(places.free(ONE)).isEqualTo(2);
    }

    @Test
    void aWebhookTakesAsManyBytesAsItLeavesFree() {
        Places places = new Places(100, 100);
        places.take(ONE, 60);

        assertThat(places.free(ONE)).isZero();
        assertThat(places.reserve(ONE, 1)).isFalse();
        assertThat(places.reserve(OTHER, 30)).isTrue();
        assertThat(places.free(OTHER)).as("it has 30, and leaves 10").isZero();
        places.giveBack(ONE, 60);
        assertThat(places.free(OTHER)).isEqualTo(99);
    }

    @Test
    void aClosedWebhookSpills() {
        Places places = new Places(100, 100);
        places.close(ONE);

        assertThat(places.reserve(ONE, 1)).isFalse();
        assertThat(places.spilling()).containsExactly(ONE);
        assertThat(places.free(ONE)).as("probes are claimed").isEqualTo(100);

        places.open(ONE);
        places.caughtUp(ONE);
        assertThat(places.reserve(ONE, 1)).isTrue();
    }
}
