package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

    @ParameterizedTest
    @CsvSource({"1, 1", "120, 120", "' 30 ', 30", "0030, 30", "999999999999, 999999999999"})
    void secondsAreSeconds(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:50:37 GMT",
                "Sunday, 06-Nov-94 08:50:37 GMT",
                "Sun Nov  6 08:50:37 1994",
            })
    void aDateIsTheTimeUntilThen(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "-1",
                "+5",
                "1.5",
                "1e3",
                "5s",
                "soon",
                "99999999999999999999",
                "٣٠",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:48:37 GMT",
                "Sun, 99 Nov 1994 08:49:37 GMT",
                "1994-11-06T08:50:37Z",
                "120, 60"
            })
    void whatIsNeitherOrPastAsksForNothing(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isNull();
    }

    @Test
    void noHeaderAsksForNothing() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }

    @Test
    void aYearOfTwoDigitsIsTheOneThatIsNear() {
        assertThat(RetryAfter.parse("Sunday, 01-Mar-26 12:00:30 GMT", TestSender.NOW))
                .isEqualTo(Duration.ofSeconds(30));
    }
}
