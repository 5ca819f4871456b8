package dev.tidings.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.queue.Spans.Span;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpansTest {

    @Test
    void wholeHoursAreReadAsHoursAndTheRestAsMinutes() {
        assertThat(Spans.of(at("10:30"), at("13:15"), Interval.HOUR))
                .containsExactlyInAnyOrder(
                        new Span(Interval.MINUTE, at("10:30"), at("11:00")),
                        new Span(Interval.HOUR, at("11:00"), at("13:00")),
                        new Span(Interval.MINUTE, at("13:00"), at("13:15")));
    }

    @Test
    void wholeHoursNeedNoMinutes() {
        assertThat(Spans.of(at("10:00"), at("13:00"), Interval.DAY))
                .containsExactly(new Span(Interval.HOUR, at("10:00"), at("13:00")));
    }

    @Test
    void wholeDaysAreReadAsDays() {
        Instant from = Instant.parse("2026-10-04T22:30:00Z");
        Instant midnight = Instant.parse("2026-10-05T00:00:00Z");
        Instant lastMidnight = Instant.parse("2026-10-06T00:00:00Z");

        assertThat(Spans.of(from, at("02:10"), Interval.DAY))
                .containsExactlyInAnyOrder(
                        new Span(Interval.MINUTE, from, from.plusSeconds(1_800)),
                        new Span(Interval.HOUR, from.plusSeconds(1_800), midnight),
                        new Span(Interval.DAY, midnight, lastMidnight),
                        new Span(Interval.HOUR, lastMidnight, at("02:00")),
                        new Span(Interval.MINUTE, at("02:00"), at("02:10")));
    }

    @Test
    void ofNoTimeNothingIsRead() {
        assertThat(Spans.of(at("10:00"), at("10:00"), Interval.DAY)).isEmpty();
    }

    @Test
    void withoutAWholeHourMinutesDo() {
        assertThat(Spans.of(at("10:30"), at("11:30"), Interval.HOUR))
                .containsExactly(new Span(Interval.MINUTE, at("10:30"), at("11:30")));
    }

    @Test
    void aSeriesOfMinutesNeedsMinutes() {
        assertThat(Spans.of(at("10:00"), at("13:00"), Interval.MINUTE))
                .containsExactly(new Span(Interval.MINUTE, at("10:00"), at("13:00")));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-10-06T" + time + ":00Z");
    }
}
