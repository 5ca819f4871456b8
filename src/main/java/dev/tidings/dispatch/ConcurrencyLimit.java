package dev.tidings.dispatch;

/**
 * How many attempts of one endpoint may be in flight at once. Grows while the endpoint keeps its pace: by one for each
 * answer until it first slowed down, then by one for each round of answers. Shrinks when answers take much longer than
 * the endpoint's best, by a tenth for each round, and by half for each attempt that found it down.
 *
 * <p>A congestion window's rules (slow start, additive increase, multiplicative decrease: RFC 5681), with latency as the
 * sign of congestion. Confined to the dispatch loop's event loop.
 */
final class ConcurrencyLimit {
    private static final double START = 8;
    private static final double SMOOTHING = 0.1;
    /** The best time ever seen would hold for ever; so it is forgotten this slowly. */
    private static final double FORGETTING = 0.0002;

    private static final double SLOWER = 2;
    /** Less than that is the noise of a busy machine. */
    private static final double NOISE_NANOS = 50e6;

    private final double max;
    private double limit;
    private double best = Double.NaN;
    private double recent = Double.NaN;
    private boolean slowStart = true;
    private int answersInRound;

    ConcurrencyLimit(int max) {
        this.max = max;
        this.limit = Math.min(START, max);
    }

    int limit() {
        return (int) limit;
    }

    /**
     * An attempt ended.
     *
     * @param tookNanos how long it was
     * @param inFlight how many there were with it: a limit that is not used does not grow
     * @param up whether the endpoint answered as one that is up
     */
    void record(long tookNanos, int inFlight, boolean up) {
        if (!up) {
            slowStart = false;
            limit = Math.max(1, limit / 2);
            return;
        }
        best = best < tookNanos ? best + (tookNanos - best) * FORGETTING : tookNanos;
        recent = recent >= 0 ? recent + (tookNanos - recent) * SMOOTHING : tookNanos;
        answersInRound++;
        if (recent > SLOWER * best + NOISE_NANOS) {
            slowStart = false;
            shrink();
        } else if (inFlight >= limit / 2) {
            limit = Math.min(max, limit + (slowStart ? 1 : 1 / limit));
        }
    }

    private void shrink() {
        if (answersInRound >= limit) {
            answersInRound = 0;
            limit = Math.max(1, limit * 0.9);
        }
    }
}
