package dev.tidings.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleAsciiTest {
    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "a-1_b.C"})
    void isFromTheExclamationMarkToTheTilde(String text) {
        assertThat(VisibleAscii.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\t", "\u007f", "ä", "a\n", "漢"})
    void isNothingElse(String text) {
        assertThat(VisibleAscii.is(text)).isFalse();
    }
}
