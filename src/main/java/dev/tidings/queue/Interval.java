package dev.tidings.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a bucket of the statistics' time series is. Hours and days are those of UTC. */
public enum Interval {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Interval(ChronoUnit unit) {
        this.unit = unit;
    }

    /** The API's word, lower case. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The interval of that exact word, or empty. */
    public static Optional<Interval> of(String value) {
        return Arrays.stream(values()).filter(i -> i.value().equals(value)).findFirst();
    }

    public Duration length() {
        return unit.getDuration();
    }

    /** The next shorter one, if there is one. */
    Optional<Interval> shorter() {
        return switch (this) {
            case MINUTE -> Optional.empty();
            case HOUR -> Optional.of(MINUTE);
            case DAY -> Optional.of(HOUR);
        };
    }

    /** The begin of the bucket that the moment is in. */
    public Instant floor(Instant moment) {
        return moment.truncatedTo(unit);
    }

    /** The moment, when a bucket begins with it, else the begin of the next one. */
    public Instant ceiling(Instant moment) {
        Instant floor = floor(moment);
        return floor.equals(moment) ? floor : floor.plus(length());
    }
}
