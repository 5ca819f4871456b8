package dev.tidings.queue;

import java.util.OptionalDouble;

/**
 * How many events were accepted, and how many of these ended how.
 *
 * @param accepted all of them, skipped ones too
 */
public record Tally(long accepted, long delivered, long failed, long skipped) {
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                accepted + other.accepted, delivered + other.delivered, failed + other.failed, skipped + other.skipped);
    }

    /** Those that still wait, or are being delivered. */
    public long unfinished() {
        return Math.max(0, accepted - delivered - failed - skipped);
    }

    /** The share of the delivered among those that ended one way or the other; empty when none has. */
    public OptionalDouble successRate() {
        long ended = delivered + failed;
        return ended <= 0 ? OptionalDouble.empty() : OptionalDouble.of((double) delivered / ended);
    }
}
