package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void zeroIsNoLimit() {
        var none = new RateLimit(0, 0);
        for (int i = 0; i < 1_000; i++) {
            none.take();
        }

        assertThat(none.nanosToNext(0)).isZero();
    }

    @Test
    void aSecondsWorthAtOnceThenOneAfterTheOther() {
        var limit = new RateLimit(10, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(limit.nanosToNext(0)).isZero();
            limit.take();
        }

        assertThat(limit.nanosToNext(0)).isEqualTo(SECOND / 10);
        assertThat(limit.nanosToNext(SECOND / 10)).isZero();
    }

    @Test
    void aLongPauseSavesNoMoreThanASecondsWorth() {
        var limit = new RateLimit(2, 0);
        assertThat(limit.nanosToNext(100 * SECOND)).isZero();
        limit.take();
        limit.take();

        assertThat(limit.nanosToNext(100 * SECOND)).isPositive();
    }

    @Test
    void lessThanOneASecondWaitsLonger() {
        var limit = new RateLimit(0.5, 0);
        limit.take();

        assertThat(limit.nanosToNext(0)).isEqualTo(2 * SECOND);
    }
}
