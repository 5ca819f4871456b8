package dev.tidings.queue;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How often something took how long, in buckets that grow by an eighth of a power of two: bucket {@code i} counts from
 * 2^(i/8) to 2^((i+1)/8) milliseconds, and less than one millisecond counts as one. Histograms add up, which percentiles
 * do not; a percentile that is read off is at most 5 % beside the true one, or one millisecond.
 */
public final class Histogram {
    /** Of nothing. */
    public static final Histogram EMPTY = new Histogram(new long[0]);

    private static final double BUCKETS_PER_OCTAVE = 8;

    private final long[] counts;

    private Histogram(long[] counts) {
        this.counts = counts;
    }

    /** The histogram of those counts, from bucket 0 on. */
    static Histogram of(Integer[] counts) {
        return new Histogram(Arrays.stream(counts).mapToLong(Integer::longValue).toArray());
    }

    /** Both together. */
    public Histogram plus(Histogram other) {
        long[] sum = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
        for (int i = 0; i < other.counts.length; i++) {
            sum[i] += other.counts[i];
        }
        return new Histogram(sum);
    }

    /** How many were counted. */
    public long samples() {
        return Arrays.stream(counts).sum();
    }

    /** What that share of them took at most, in milliseconds; empty when none was counted. */
    public OptionalLong percentile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * samples()));
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed >= wanted) {
                return OptionalLong.of(Math.round(Math.pow(2, (i + 0.5) / BUCKETS_PER_OCTAVE)));
            }
        }
        return OptionalLong.empty();
    }
}
