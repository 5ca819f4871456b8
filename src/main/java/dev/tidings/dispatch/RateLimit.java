package dev.tidings.dispatch;

/**
 * A token bucket: so many a second, and after a pause some at once. For one thread at a time: a lane's is confined to the
 * dispatch loop's event loop.
 */
public final class RateLimit {
    private final double perNano;
    private final double burst;
    private double tokens;
    private long filledAt;

    /** A second's worth at once. */
    RateLimit(double perSecond, long now) {
        this(perSecond, perSecond, now);
    }

    /**
     * @param perSecond 0: no limit
     * @param burst how many may go at once after a pause, at least one
     * @param now of {@link System#nanoTime}, as all that follow
     */
    public RateLimit(double perSecond, double burst, long now) {
        this.perNano = perSecond / 1e9;
        this.burst = Math.max(1, burst);
        this.tokens = this.burst;
        this.filledAt = now;
    }

    /** How long until one may go; 0: now. */
    public long nanosToNext(long now) {
        if (perNano == 0) {
            return 0;
        }
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }

    /** One goes. */
    public void take() {
        if (perNano > 0) {
            tokens--;
        }
    }
}
