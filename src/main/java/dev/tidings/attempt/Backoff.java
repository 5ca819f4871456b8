package dev.tidings.attempt;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The delays between attempts: the last one repeats.
 *
 * @param delays at least one, each positive
 * @param jitter the share by which a delay varies to both sides, 0 to 1: it keeps an endpoint's retries from meeting
 */
public record Backoff(List<Duration> delays, double jitter) {
    public Backoff {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(d -> d.isZero() || d.isNegative())) {
            throw new IllegalArgumentException(
                    "A retry schedule needs at least one delay, and only positive ones: " + delays);
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("The jitter is a share, 0 or more and less than 1: " + jitter);
        }
    }

    /** The delay before the retry of that index, from 0. */
    public Duration delay(int retry, RandomGenerator random) {
        Duration base = delays.get(Math.min(retry, delays.size() - 1));
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofNanos(Math.round(base.toNanos() * factor));
    }
}
