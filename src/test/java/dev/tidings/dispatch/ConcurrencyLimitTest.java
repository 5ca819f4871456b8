package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(64);

    private void answers(int count, int millis) {
        for (int i = 0; i < count; i++) {
            limit.record(Duration.ofMillis(millis).toNanos(), limit.limit(), true);
        }
    }

    @Test
    void growsToTheHighestWhileAnswersKeepTheirPace() {
        assertThat(limit.limit()).isEqualTo(8);

        answers(100, 20);

        assertThat(limit.limit()).isEqualTo(64);
    }

    @Test
    void doesNotGrowUnused() {
        for (int i = 0; i < 100; i++) {
            limit.record(1_000_000, 1, true);
        }

        assertThat(limit.limit()).isEqualTo(8);
    }

    @Test
    void shrinksByHalfWhenTheEndpointIsDownAndNeverBelowOne() {
        answers(100, 20);

        limit.record(1_000_000, 64, false);
        assertThat(limit.limit()).isEqualTo(32);

        for (int i = 0; i < 20; i++) {
            limit.record(1_000_000, 1, false);
        }
        assertThat(limit.limit()).isOne();
    }

    @Test
    void shrinksWhenAnswersTakeMuchLongerThanTheBest() {
        answers(100, 20);

        answers(1_000, 500);

        assertThat(limit.limit()).isLessThan(16);
    }

    @Test
    void growsSlowlyAfterItOnceShrank() {
        limit.record(1_000_000, 8, false);
        assertThat(limit.limit()).isEqualTo(4);

        answers(4, 20);

        assertThat(limit.limit()).isLessThanOrEqualTo(5);
    }

    @Test
    void anEndpointThatIsAlwaysSlowIsNotPunished() {
        answers(200, 2_000);

        assertThat(limit.limit()).isEqualTo(64);
    }
}
