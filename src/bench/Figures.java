import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** What is made of the notes. */
final class Figures {
    private Figures() {}

    /** Milliseconds at that percentile, of nanoseconds. */
    static double millis(Collection<Long> nanos, double percentile) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (sorted.length * percentile / 100))] / 1e6;
    }

    static String percentiles(Collection<Long> nanos) {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", millis(nanos, 50), millis(nanos, 95), millis(nanos, 99));
    }

    /** From when it was posted to when it arrived. */
    static Collection<Long> delays(Map<String, Long> postedAt, Map<String, Long> firstSeen) {
        return postedAt.entrySet().stream()
                .filter(e -> firstSeen.containsKey(e.getKey()))
                .map(e -> firstSeen.get(e.getKey()) - e.getValue())
                .toList();
    }

    static long lost(Map<String, Long> postedAt, Map<String, Long> firstSeen) {
        return postedAt.keySet().stream().filter(id -> !firstSeen.containsKey(id)).count();
    }

    /** From that moment to the last arrival that was later than normal; 0 when none was. */
    static double secondsUntilNormal(
            Map<String, Long> postedAt, Map<String, Long> firstSeen, long since, double normalMillis) {
        long last = postedAt.entrySet().stream()
                .filter(e -> firstSeen.containsKey(e.getKey()))
                .filter(e -> firstSeen.get(e.getKey()) - e.getValue() > normalMillis * 1e6)
                .mapToLong(e -> firstSeen.get(e.getKey()))
                .max()
                .orElse(since);
        return Math.max(0, last - since) / 1e9;
    }

    /** Waits until all has arrived, or nothing new has for that long. Answers the nanoTime of the end. */
    static long awaitArrival(Map<String, Long> postedAt, Sink sink, int patienceSeconds) throws InterruptedException {
        int before = -1;
        long quietSince = System.nanoTime();
        while (lost(postedAt, sink.firstSeen) > 0 && System.nanoTime() - quietSince < patienceSeconds * 1_000_000_000L) {
            if (sink.firstSeen.size() != before) {
                before = sink.firstSeen.size();
                quietSince = System.nanoTime();
            }
            Thread.sleep(20);
        }
        return System.nanoTime();
    }
}
