package dev.tidings.queue;

import java.time.Instant;
import java.util.List;

/**
 * What a tenant's deliveries of a period come to.
 *
 * @param asOf what was committed by then is counted
 * @param counts by bucket, channel and feedback status; in the order of time, without buckets of nothing
 * @param durations by bucket, in the same way
 * @param reasons why attempts did not succeed, the most frequent ones first
 * @param waiting what is in the queue now
 */
public record Statistics(
        Instant asOf, List<Counted> counts, List<Durations> durations, List<Reason> reasons, Waiting waiting) {
    public Statistics {
        counts = List.copyOf(counts);
        durations = List.copyOf(durations);
        reasons = List.copyOf(reasons);
    }

    /** Counts of the bucket that begins then. */
    public record Counted(Instant begins, String channel, String feedbackStatus, Tally tally) {}

    /**
     * How long things took, of the bucket that begins then.
     *
     * @param delivered from acceptance to the end of the attempt that delivered it; redeliveries are not among them
     * @param attempts from an attempt's begin to its end
     */
    public record Durations(Instant begins, Histogram delivered, Histogram attempts) {}

    /**
     * @param attempts how many did not succeed for it
     * @param failed how many deliveries ended with it
     */
    public record Reason(String reason, long attempts, long failed) {}
}
