package dev.tidings.egress;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3), which has one form that is written today and two old ones that
 * are still to be read (5.6.7). What is neither, or past, asks for nothing.
 */
final class RetryAfter {
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);

    private RetryAfter() {}

    static @Nullable Duration parse(@Nullable String value, Instant now) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        try {
            Duration asked = text.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(now, date(text, now));
            return asked.isNegative() || asked.isZero() ? null : asked;
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Instant date(String text, Instant now) {
        int comma = text.indexOf(',');
        DateTimeFormatter form = comma == 3 ? DateTimeFormatter.RFC_1123_DATE_TIME : comma > 3 ? rfc850(now) : ASCTIME;
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
    }

    /** A year of two digits is the one less than 50 years ahead. */
    private static DateTimeFormatter rfc850(Instant now) {
        var base = now.atOffset(ZoneOffset.UTC).toLocalDate().minus(50, ChronoUnit.YEARS);
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, base)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }
}
