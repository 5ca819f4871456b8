package dev.tidings.dispatch;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * One endpoint's circuit breaker: SmallRye's, told of each attempt when it has ended. While it is open nothing is sent, so
 * nothing uses up its attempts; after the delay one attempt at a time probes, until two in a row found the endpoint up.
 *
 * <p>Confined to the dispatch loop's event loop; SmallRye tells of a change on the thread that records.
 */
final class Breaker {
    /** The share of failures, among the last {@code volume} attempts, that opens it. */
    private static final double FAILURE_RATIO = 0.8;

    private static final int PROBES = 2;

    /** An attempt that found the endpoint down. Only a sign for the guard: without a stack. */
    private static final class Down extends Exception {
        private static final long serialVersionUID = 1;

        private Down() {
            super(null, null, false, false);
        }
    }

    private final Guard guard;
    private final long delayNanos;
    private CircuitBreakerState state = CircuitBreakerState.CLOSED;
    private long openedAt;

    /**
     * @param volume how many attempts are looked at
     * @param delay between opening and the first probe, and between probes that failed
     */
    Breaker(int volume, Duration delay) {
        this.delayNanos = delay.toNanos();
        this.guard = Guard.create()
                .withCircuitBreaker()
                .requestVolumeThreshold(volume)
                .failureRatio(FAILURE_RATIO)
                .delay(delay.toMillis(), MILLIS)
                .successThreshold(PROBES)
                .onStateChange(this::changed)
                .done()
                .build();
    }

    private void changed(CircuitBreakerState next) {
        state = next;
        openedAt = System.nanoTime();
    }

    /** An attempt ended: the endpoint is up, or it is down. */
    void record(boolean up) {
        try {
            guard.call(() -> outcome(up), Boolean.class);
        } catch (Down | CircuitBreakerOpenException e) {
            // The guard has counted the one; the other began before it opened, and counts no more.
        } catch (Exception e) {
            throw new IllegalStateException("a breaker only throws what it is told", e);
        }
    }

    private static Boolean outcome(boolean up) throws Down {
        if (!up) {
            throw new Down();
        }
        return true;
    }

    boolean isClosed() {
        return state == CircuitBreakerState.CLOSED;
    }

    /** How many attempts may be in flight at once, of as many as there could be. */
    int limit(long now, int usual) {
        return switch (state) {
            case CLOSED -> usual;
            case HALF_OPEN -> 1;
            case OPEN -> nanosToProbe(now) == 0 ? 1 : 0;
        };
    }

    /** How long it still holds everything back; 0 when it does not. */
    long nanosToProbe(long now) {
        return state == CircuitBreakerState.OPEN ? Math.max(0, openedAt + delayNanos - now) : 0;
    }
}
