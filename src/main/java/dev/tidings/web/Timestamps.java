package dev.tidings.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the times that queries name. */
public final class Timestamps {
    private static final Pattern WITHOUT_SECONDS = Pattern.compile("T\\d\\d:\\d\\d(?=[Z+-])");
    private static final Instant BEYOND = Instant.parse("9999-12-31T00:00:00Z");

    private Timestamps() {}

    /**
     * The time of a text in ISO-8601 with an offset, its seconds left out or not; empty: it is none. A plus sign that was not
     * encoded arrives as a space: what was meant is plain.
     */
    public static Optional<Instant> of(String text) {
        try {
            String whole = WITHOUT_SECONDS.matcher(text.replace(' ', '+')).replaceFirst("$0:00");
            return Optional.of(Instant.parse(whole));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a time is of the years 1970 to 9999, within which the database and all its buckets are. */
    public static boolean isInReach(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(BEYOND);
    }
}
