package dev.tidings.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has in the queue at this moment.
 *
 * @param pending unfinished ones of the period that wait for a first attempt
 * @param retrying unfinished ones of the period that wait for a retry
 * @param delivering unfinished ones of the period that a node holds
 * @param late all, of any period, whose time has come and that nobody holds
 * @param oldestDue since when the longest waiting of these is due
 */
public record Waiting(
        Lane pending,
        Lane retrying,
        long delivering,
        long late,
        @Nullable Instant oldestDue) {

    /** How many were found, and whether there may be more: a lane is read only so far. */
    public record Lane(long found, boolean more) {}

    /** The unfinished by state. */
    public record Split(long pending, long delivering, long retrying) {}

    /**
     * Divides that many unfinished deliveries, so that the parts add up. Exact as long as one lane at least was read to
     * its end; else what can't be told is said to be pending.
     */
    public Split split(long unfinished) {
        long held = Math.min(delivering, unfinished);
        long rest = unfinished - held;
        long retries =
                retrying.more && !pending.more ? rest - Math.min(pending.found, rest) : Math.min(retrying.found, rest);
        return new Split(rest - retries, held, retries);
    }
}
