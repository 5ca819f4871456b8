package dev.tidings.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.SkipReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryStateTest {
    private static final Instant NOON = Instant.parse("2026-10-06T12:00:00Z");

    @Test
    void speaksTheWordsOfTheContract() {
        assertThat(DeliveryState.Kind.values())
                .extracting(DeliveryState.Kind::value)
                .containsExactly("pending", "delivering", "retrying", "delivered", "failed", "skipped");
        assertThat(new DeliveryState.Retrying(NOON).value()).isEqualTo("retrying");
        assertThat(DeliveryState.Kind.of("failed")).contains(DeliveryState.Kind.FAILED);
        assertThat(DeliveryState.Kind.of("FAILED")).isEmpty();
    }

    @Test
    void onlyWhatWaitsHasANextAttempt() {
        assertThat(new DeliveryState.Pending(NOON).nextAttemptAt()).isEqualTo(NOON);
        assertThat(new DeliveryState.Retrying(NOON).nextAttemptAt()).isEqualTo(NOON);
        assertThat(new DeliveryState.Delivering().nextAttemptAt()).isNull();
        assertThat(new DeliveryState.Delivered().nextAttemptAt()).isNull();
        assertThat(new DeliveryState.Failed("no").nextAttemptAt()).isNull();
    }

    @Test
    void tellsWhyNothingMoreComes() {
        assertThat(new DeliveryState.Failed("The endpoint answered 404").reasonInWords())
                .isEqualTo("The endpoint answered 404");
        assertThat(new DeliveryState.Skipped(SkipReason.NO_WEBHOOK).reasonInWords())
                .isEqualTo("The sandbox has no webhook");
        assertThat(new DeliveryState.Delivered().reasonInWords()).isNull();
    }
}
