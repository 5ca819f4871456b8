package dev.tidings.dispatch;

/**
 * A token bucket: so many attempts a second, and after a pause as many at once. Confined to the dispatch loop's event
 * loop.
 */
final class RateLimit {
    private final double perNano;
    private final double burst;
    private double tokens;
    private long filledAt;

    /** @param perSecond 0: no limit */
    RateLimit(double perSecond, long now) {
        this.perNano = perSecond / 1e9;
        this.burst = Math.max(1, perSecond);
        this.tokens = burst;
        this.filledAt = now;
    }

    /** How long until one may go; 0: now. */
    long nanosToNext(long now) {
        if (perNano == 0) {
            return 0;
        }
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }

    /** One goes. */
    void take() {
        if (perNano > 0) {
            tokens--;
        }
    }
}
