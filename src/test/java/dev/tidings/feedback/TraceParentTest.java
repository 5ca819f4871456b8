package dev.tidings.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules and examples of W3C Trace Context, 3.2 and 4.3. */
class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, false",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02, false",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff, true",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be-like, true",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-, true",
    })
    void readsWhatIsValid(String text, boolean sampled) {
        TraceParent parsed = Objects.requireNonNull(TraceParent.parse(text));

        assertThat(parsed).isEqualTo(new TraceParent(TRACE, SPAN, sampled));
        assertThat(parsed.header()).isEqualTo("00-" + TRACE + "-" + SPAN + (sampled ? "-01" : "-00"));
        assertThat(TraceParent.parse(parsed.header())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                " ",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-010",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-010",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
                "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319-b7ad6b71692033311-01",
                "00-0af7651916cd43dd8448eb211c8031 c-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ",
                "00-０af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            })
    void passesOverWhatIsNot(String text) {
        assertThat(TraceParent.parse(text)).isNull();
    }

    @Test
    void ofTwoHeadersNoneCounts() {
        String valid = "00-" + TRACE + "-" + SPAN + "-01";

        assertThat(TraceParent.of(List.of(valid))).isNotNull();
        assertThat(TraceParent.of(List.of())).isNull();
        assertThat(TraceParent.of(List.of(valid, valid))).isNull();
    }
}
