package dev.tidings.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A period as rows of the statistics: the longest that lie within it, and shorter ones before and after these. */
final class Spans {
    /** Rows of that span that begin at {@code first} or later, and before {@code beyond}. */
    record Span(Interval of, Instant first, Instant beyond) {}

    private Spans() {}

    /**
     * @param from a whole minute
     * @param to a whole minute
     * @param interval no longer rows than this: a series is made of them
     */
    static List<Span> of(Instant from, Instant to, Interval interval) {
        List<Span> spans = new ArrayList<>();
        add(spans, from, to, interval);
        return spans;
    }

    /** What is left before and after whole ones is read as shorter ones; without a whole one all of it is. */
    private static void add(List<Span> spans, Instant from, Instant to, Interval longest) {
        if (!from.isBefore(to)) {
            return;
        }
        Instant first = longest.ceiling(from);
        Instant last = longest.floor(to);
        if (first.isBefore(last)) {
            spans.add(new Span(longest, first, last));
            longest.shorter().ifPresent(shorter -> {
                add(spans, from, first, shorter);
                add(spans, last, to, shorter);
            });
        } else {
            longest.shorter().ifPresent(shorter -> add(spans, from, to, shorter));
        }
    }
}
