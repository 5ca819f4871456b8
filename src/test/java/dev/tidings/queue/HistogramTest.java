package dev.tidings.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final long SEED = 20_261_006;

    @Test
    void ofNothingHasNoPercentiles() {
        assertThat(Histogram.EMPTY.samples()).isZero();
        assertThat(Histogram.EMPTY.percentile(0.5)).isEmpty();
    }

    @Test
    void percentilesAreAtMostFivePercentBesideTheTrueOnes() {
        Random random = new Random(SEED);
        double[] millis = DoubleStream.generate(() -> 10 + Math.exp(random.nextGaussian() + 4))
                .limit(5_000)
                .sorted()
                .toArray();

        Histogram histogram = of(millis);

        for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            double exact = millis[(int) Math.ceil(share * millis.length) - 1];
            assertThat((double) histogram.percentile(share).orElseThrow())
                    .as("seed %d, share %s", SEED, share)
                    .isBetween(exact * 0.95 - 1, exact * 1.05 + 1);
        }
    }

    @Test
    void twoAddUpToThatOfAll() {
        double[] all = {1, 5, 5, 80, 900, 90_000};

        Histogram sum = of(Arrays.copyOfRange(all, 0, 2)).plus(of(Arrays.copyOfRange(all, 2, 6)));

        assertThat(sum.samples()).isEqualTo(6);
        for (double share = 0.1; share <= 1; share += 0.1) {
            assertThat(sum.percentile(share)).isEqualTo(of(all).percentile(share));
        }
    }

    private static Histogram of(double... millis) {
        int[] buckets = Arrays.stream(millis)
                .mapToInt(m -> (int) Math.floor(8 * Math.log(Math.max(m, 1)) / Math.log(2)))
                .toArray();
        Integer[] counts = new Integer[Arrays.stream(buckets).max().orElseThrow() + 1];
        Arrays.fill(counts, 0);
        for (int bucket : buckets) {
            counts[bucket]++;
        }
        return Histogram.of(counts);
    }
}
