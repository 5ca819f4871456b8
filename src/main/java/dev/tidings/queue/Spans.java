package dev.tidings.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A period as rows of the statistics: whole hours where there are some, and the minutes before and after them.
 */
final class Spans {
    /** Rows of that span that begin at {@code first} or later, and before {@code beyond}. */
    record Span(Interval of, Instant first, Instant beyond) {}

    private Spans() {}

    /**
     * @param from a whole minute
     * @param to a whole minute, not before {@code from}
     */
    static List<Span> of(Instant from, Instant to, Interval interval) {
        Instant firstHour = Interval.HOUR.ceiling(from);
        Instant lastHour = Interval.HOUR.floor(to);
        if (interval == Interval.MINUTE || !firstHour.isBefore(lastHour)) {
            return List.of(new Span(Interval.MINUTE, from, to));
        }
        List<Span> spans = new ArrayList<>();
        spans.add(new Span(Interval.HOUR, firstHour, lastHour));
        if (from.isBefore(firstHour)) {
            spans.add(new Span(Interval.MINUTE, from, firstHour));
        }
        if (lastHour.isBefore(to)) {
            spans.add(new Span(Interval.MINUTE, lastHour, to));
        }
        return spans;
    }
}
