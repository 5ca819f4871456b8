package dev.tidings.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final List<Duration> DELAYS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(4),
            Duration.ofMinutes(8),
            Duration.ofMinutes(15));
    private static final Standing FIRST = new Standing(0, Duration.ZERO, false);

    private final RetryPolicy policy = policy(0);

    private static RetryPolicy policy(double jitter) {
        return new RetryPolicy(
                new Backoff(DELAYS, jitter), Duration.ofHours(24), Duration.ofHours(1), RandomGenerator.getDefault());
    }

    private static Answered answered(int status) {
        return answered(status, null);
    }

    private static Answered answered(int status, @Nullable Duration retryAfter) {
        return new Answered(status, "", retryAfter);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyTwoHundredIsDelivered(int status) {
        assertThat(policy.judge(answered(status), FIRST)).isEqualTo(new Verdict.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
    void whatMayPassIsRetried(int status) {
        assertThat(policy.judge(answered(status), FIRST))
                .isEqualTo(new Verdict.RetryLater(Duration.ofMinutes(1), "The endpoint answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 308, 400, 401, 403, 404, 409, 413, 422, 451})
    void everyOtherAnswerEndsTheDelivery(int status) {
        assertThat(policy.judge(answered(status), FIRST)).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void goneEndsItAndSaysThatNothingMoreIsWanted() {
        assertThat(policy.judge(answered(410), FIRST)).isInstanceOf(Verdict.FailedForGood.class);
    }

    @Test
    void unauthorizedIsTriedOnceMoreWithAFreshToken() {
        var withToken = new Standing(0, Duration.ZERO, true);

        assertThat(policy.judge(answered(401), withToken)).isInstanceOf(Verdict.RetryNow.class);
        assertThat(policy.judge(answered(401), FIRST)).isInstanceOf(Verdict.Failed.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsRetried(Fault fault) {
        assertThat(policy.judge(new Broken(fault, "it broke"), FIRST))
                .isEqualTo(new Verdict.RetryLater(Duration.ofMinutes(1), "it broke"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 4", "3, 8", "4, 15", "5, 15", "90, 15"})
    void theDelaysGrowAndTheLastOneRepeats(int retries, int minutes) {
        var standing = new Standing(retries, Duration.ofMinutes(30), false);

        assertThat(policy.judge(answered(500), standing))
                .isEqualTo(new Verdict.RetryLater(Duration.ofMinutes(minutes), "The endpoint answered 500"));
    }

    @Test
    void aDelayVariesByAFifthToBothSides() {
        var jittery = policy(0.2);
        boolean shorter = false;
        boolean longer = false;
        for (int i = 0; i < 1_000; i++) {
            var later = (Verdict.RetryLater) jittery.judge(answered(500), FIRST);
            assertThat(later.delay()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
            shorter |= later.delay().compareTo(Duration.ofSeconds(55)) < 0;
            longer |= later.delay().compareTo(Duration.ofSeconds(65)) > 0;
        }
        assertThat(shorter && longer).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT10S, PT1M", "PT5M, PT5M", "PT1H, PT1H", "PT20H, PT1H"})
    void retryAfterOnlyDelaysAndByAnHourAtMost(Duration asked, Duration delay) {
        assertThat(policy.judge(answered(429, asked), FIRST))
                .isEqualTo(new Verdict.RetryLater(delay, "The endpoint answered 429"));
    }

    @Test
    void givesUpWhenTheNextAttemptWouldBeTooLate() {
        var inTime = new Standing(99, Duration.ofHours(24).minusMinutes(15), false);
        var tooLate = new Standing(99, Duration.ofHours(24).minusMinutes(14), false);

        assertThat(policy.judge(answered(503), inTime)).isInstanceOf(Verdict.RetryLater.class);
        assertThat(policy.judge(answered(503), tooLate))
                .isEqualTo(new Verdict.Failed("The endpoint answered 503; gave up after 24 hours of retries"));
    }

    @Test
    void aScheduleWithoutDelaysOrWithBadOnesIsRefused() {
        assertThatThrownBy(() -> new Backoff(List.of(), 0)).hasMessageContaining("at least one delay");
        assertThatThrownBy(() -> new Backoff(List.of(Duration.ZERO), 0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> new Backoff(DELAYS, 1)).hasMessageContaining("jitter");
    }
}
