package dev.tidings.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10-06T12:00:00Z",
                "2026-10-06T12:00Z",
                "2026-10-06T14:00:00+02:00",
                "2026-10-06T14:00:00 02:00",
                "2026-10-06T14:00+02:00",
                "2026-10-06T09:30:00-02:30"
            })
    void readsTimesWithAnOffset(String text) {
        assertThat(Timestamps.of(text)).contains(Instant.parse("2026-10-06T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "2026-10-06", "2026-10-06T12:00", "2026-02-30T12:00:00Z", "2026-10-06T12Z"})
    void readsNothingElse(String text) {
        assertThat(Timestamps.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "9999-12-31T00:00:00Z", "+1000000000-12-31T23:59:59Z"})
    void knowsWhatIsOutOfReach(String text) {
        assertThat(Timestamps.of(text)).isPresent().get().matches(time -> !Timestamps.isInReach(time));
    }
}
