package dev.tidings.console;

import dev.tidings.console.ShownStatistics.Bucket;
import dev.tidings.console.ShownStatistics.FailingReason;
import dev.tidings.console.ShownStatistics.Late;
import dev.tidings.console.ShownStatistics.Percentiles;
import dev.tidings.console.StatisticsQuery.Wanted;
import dev.tidings.feedback.Channel;
import dev.tidings.queue.Histogram;
import dev.tidings.queue.Interval;
import dev.tidings.queue.Statistics;
import dev.tidings.queue.Statistics.Counted;
import dev.tidings.queue.Statistics.Durations;
import dev.tidings.queue.Tally;
import dev.tidings.queue.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds up what was read into what is shown. */
final class StatisticsAnswer {
    private StatisticsAnswer() {}

    static ShownStatistics of(Wanted wanted, Statistics read, Instant now) {
        Tally total = read.counts().stream().map(Counted::tally).reduce(Tally.NONE, Tally::plus);
        return new ShownStatistics(
                wanted.from(),
                wanted.to(),
                wanted.interval().value(),
                read.asOf(),
                total.accepted(),
                states(total, read.waiting()),
                channels(read.counts()),
                accepted(read.counts(), Counted::feedbackStatus),
                ShownStatistics.rate(total),
                percentiles(read.durations(), Durations::delivered),
                percentiles(read.durations(), Durations::attempts),
                series(wanted, read),
                read.reasons().stream().map(FailingReason::of).toList(),
                late(read.waiting(), now));
    }

    /** All six states are named, so that no client asks whether one is there. */
    private static Map<String, Long> states(Tally total, Waiting waiting) {
        Waiting.Split unfinished = waiting.split(total.unfinished());
        Map<String, Long> states = new LinkedHashMap<>();
        states.put("pending", unfinished.pending());
        states.put("delivering", unfinished.delivering());
        states.put("retrying", unfinished.retrying());
        states.put("delivered", total.delivered());
        states.put("failed", total.failed());
        states.put("skipped", total.skipped());
        return states;
    }

    private static Map<String, Long> channels(List<Counted> counts) {
        Map<String, Long> found = accepted(counts, Counted::channel);
        Map<String, Long> channels = new LinkedHashMap<>();
        Stream.of(Channel.values()).forEach(c -> channels.put(c.value(), found.getOrDefault(c.value(), 0L)));
        return channels;
    }

    private static Map<String, Long> accepted(List<Counted> counts, Function<Counted, String> by) {
        return counts.stream()
                .collect(Collectors.groupingBy(
                        by,
                        LinkedHashMap::new,
                        Collectors.summingLong(one -> one.tally().accepted())));
    }

    private static Percentiles percentiles(List<Durations> durations, Function<Durations, Histogram> of) {
        return Percentiles.of(durations.stream().map(of).reduce(Histogram.EMPTY, Histogram::plus));
    }

    private static List<Bucket> series(Wanted wanted, Statistics read) {
        Map<Instant, Tally> tallies = new HashMap<>();
        read.counts().forEach(one -> tallies.merge(one.begins(), one.tally(), Tally::plus));
        Map<Instant, Histogram> latencies = new HashMap<>();
        read.durations().forEach(one -> latencies.merge(one.begins(), one.delivered(), Histogram::plus));
        Interval interval = wanted.interval();
        return Stream.iterate(
                        interval.floor(wanted.from()),
                        begin -> begin.isBefore(wanted.to()),
                        begin -> begin.plus(interval.length()))
                .map(begin -> Bucket.of(
                        begin, tallies.getOrDefault(begin, Tally.NONE), latencies.getOrDefault(begin, Histogram.EMPTY)))
                .toList();
    }

    private static Late late(Waiting waiting, Instant now) {
        Instant oldest = waiting.oldestDue();
        long seconds =
                oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toSeconds());
        return new Late(waiting.late(), oldest, seconds);
    }
}
