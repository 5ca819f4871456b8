package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One webhook's deliveries in memory: first attempts and retries apart, a limit to what is in flight that follows the
 * endpoint's latency, a breaker, and the tenant's rate. Confined to the dispatch loop's event loop.
 */
final class Lane {
    /**
     * @param inFlight the highest limit of what is in flight
     * @param breakerVolume how many attempts the breaker looks at
     * @param breakerDelay how long it holds everything back
     * @param ratePerSecond 0: no limit
     */
    record Rules(int inFlight, int breakerVolume, Duration breakerDelay, double ratePerSecond) {
        static Rules of(DispatchConfig config) {
            return new Rules(
                    config.inFlightPerEndpoint(),
                    config.breakerVolume(),
                    config.breakerDelay(),
                    config.ratePerTenant());
        }
    }

    private final ArrayDeque<Delivery> firstAttempts = new ArrayDeque<>();
    private final ArrayDeque<Delivery> retries = new ArrayDeque<>();
    private final ConcurrencyLimit limit;
    private final Breaker breaker;
    private final RateLimit rate;
    private int inFlight;
    private int retriesInFlight;

    Lane(Rules rules, long now) {
        this.limit = new ConcurrencyLimit(rules.inFlight);
        this.breaker = new Breaker(rules.breakerVolume, rules.breakerDelay);
        this.rate = new RateLimit(rules.ratePerSecond, now);
    }

    void add(Delivery delivery) {
        (delivery.isRetry() ? retries : firstAttempts).add(delivery);
    }

    /** Whether {@link #next} would answer something. */
    boolean isReady(long now) {
        return inFlight < breaker.limit(now, limit.limit()) && waiting() > 0 && rate.nanosToNext(now) == 0;
    }

    /** The next one to send, counted as in flight; {@code null} when none may go now. */
    @Nullable
    Delivery next(long now) {
        if (!isReady(now)) {
            return null;
        }
        // Where both wait, retries have a quarter of the places: first attempts don't wait behind old failures.
        boolean retry =
                !retries.isEmpty() && (firstAttempts.isEmpty() || retriesInFlight < Math.max(1, limit.limit() / 4));
        inFlight++;
        retriesInFlight += retry ? 1 : 0;
        rate.take();
        return retry ? retries.remove() : firstAttempts.remove();
    }

    /** An attempt ended, or never began: then nothing was learnt of the endpoint. */
    void landed(Delivery delivery) {
        inFlight--;
        retriesInFlight -= delivery.isRetry() ? 1 : 0;
    }

    /** What an attempt that is about to land says about the endpoint. Answers whether the breaker opened or closed. */
    boolean learn(Duration took, boolean up) {
        boolean before = breaker.isClosed();
        limit.record(took.toNanos(), inFlight, up);
        breaker.record(up);
        return before != breaker.isClosed();
    }

    /** Whether the breaker lets everything through. */
    boolean isOpenToAll() {
        return breaker.isClosed();
    }

    /** How long only time stands between what waits and its attempt; 0 when it is not time. */
    long nanosHeldBack(long now) {
        return Math.max(breaker.nanosToProbe(now), waiting() > 0 ? rate.nanosToNext(now) : 0);
    }

    /** How many more it makes sense to bring into memory: while the breaker is open, what a probe takes. */
    int appetite(long now) {
        return breaker.isClosed()
                ? Integer.MAX_VALUE
                : Math.max(0, breaker.limit(now, Integer.MAX_VALUE) - inFlight - waiting());
    }

    /** Takes out all that waits. */
    List<Delivery> empty() {
        List<Delivery> all = new ArrayList<>(firstAttempts);
        all.addAll(retries);
        firstAttempts.clear();
        retries.clear();
        return all;
    }

    int waiting() {
        return firstAttempts.size() + retries.size();
    }

    int inFlight() {
        return inFlight;
    }
}
