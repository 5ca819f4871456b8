package dev.tidings.attempt;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Judges an attempt.
 *
 * <p>Any 2xx is success. Faults, 408, 425, 429 and 5xx are retried until the schedule's time is over; 401 is tried
 * again at once with a fresh token, if there is one to mint; 410 says that the receiver wants no more; every other
 * answer (redirects are not followed) ends the delivery.
 *
 * @param giveUpAfter how long after the schedule's begin the last attempt may start
 * @param longestRetryAfter how far {@code Retry-After} may push an attempt; it never pulls one nearer
 */
public record RetryPolicy(Backoff backoff, Duration giveUpAfter, Duration longestRetryAfter, RandomGenerator random) {
    private static final Set<Integer> RETRIED_4XX = Set.of(408, 425, 429);

    /** What follows from that result. */
    public Verdict judge(SendResult result, Standing standing) {
        return switch (result) {
            case Broken broken -> retry(broken.error(), null, standing);
            case Answered answered -> judge(answered, standing);
        };
    }

    private Verdict judge(Answered answered, Standing standing) {
        int status = answered.statusCode();
        String reason = "The endpoint answered " + status;
        if (status >= 200 && status < 300) {
            return new Verdict.Delivered();
        }
        if (status >= 500 || RETRIED_4XX.contains(status)) {
            return retry(reason, answered.retryAfter(), standing);
        }
        if (status == 410) {
            return new Verdict.FailedForGood(reason + " (Gone)");
        }
        if (status == 401 && standing.mayMintAnew()) {
            return new Verdict.RetryNow(reason + ": trying once more with a fresh token");
        }
        return new Verdict.Failed(status / 100 == 3 ? reason + ": redirects are not followed" : reason);
    }

    private Verdict retry(String reason, @Nullable Duration retryAfter, Standing standing) {
        Duration delay = backoff.delay(standing.retries(), random);
        if (retryAfter != null) {
            Duration asked = retryAfter.compareTo(longestRetryAfter) < 0 ? retryAfter : longestRetryAfter;
            delay = asked.compareTo(delay) > 0 ? asked : delay;
        }
        return standing.age().plus(delay).compareTo(giveUpAfter) > 0
                ? new Verdict.Failed(reason + "; gave up after " + giveUpAfter.toHours() + " hours of retries")
                : new Verdict.RetryLater(delay, reason);
    }
}
