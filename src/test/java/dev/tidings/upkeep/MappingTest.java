package dev.tidings.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MappingTest {
    private static final String FILE = "/app/tidings with spaces";

    @Test
    void readsWhatTheKernelWrites() {
        List<Mapping> found = Mapping.of(smaps("r-xp", FILE, 0));

        assertThat(found)
                .containsExactly(
                        new Mapping(0x7f00_0001_0000L, 0x8000, true, FILE, 24, 0),
                        new Mapping(0x7f00_0001_8000L, 0x1000, false, "", 4, 4));
    }

    @Test
    void repeatsItsFileWhenNothingCanOrCouldWriteToIt() {
        assertThat(first("r-xp", FILE, 0).repeats(FILE)).isTrue();
        assertThat(first("r--p", FILE, 0).repeats(FILE)).isTrue();
    }

    @Test
    void doesNotRepeatWhatWasWrittenTo() {
        assertThat(first("rw-p", FILE, 0).repeats(FILE)).isFalse();
        assertThat(first("r--p", FILE, 4).repeats(FILE))
                .as("written to before it was made read-only, as addresses are that the loader puts in")
                .isFalse();
    }

    @Test
    void isOfThatFileOnly() {
        assertThat(first("r-xp", "/lib/libc.so.6", 0).repeats(FILE)).isFalse();
        assertThat(first("r-xp", FILE + " (deleted)", 0).repeats(FILE)).isFalse();
        assertThat(first("r-xp", "", 0).repeats(FILE)).isFalse();
    }

    @Test
    void skipsLinesOfOtherShapes() {
        assertThat(Mapping.of(List.of("Rss: 4 kB", "", "no such line", "VmFlags: rd ex mr")))
                .isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readsThisProcess() throws IOException {
        assertThat(Mapping.of(Files.readAllLines(Path.of("/proc/self/smaps"))))
                .anySatisfy(one -> {
                    assertThat(one.file()).endsWith("/libjvm.so");
                    assertThat(one.readOnly()).isTrue();
                    assertThat(one.resident()).isPositive();
                })
                .allSatisfy(one -> assertThat(one.bytes() % 4_096).isZero());
    }

    private static Mapping first(String permissions, String file, int anonymous) {
        return Mapping.of(smaps(permissions, file, anonymous)).getFirst();
    }

    private static List<String> smaps(String permissions, String file, int anonymous) {
        return """
                7f0000010000-7f0000018000 %s 00010000 fe:00 1234                      %s
                Size:                 32 kB
                Rss:                  24 kB
                Anonymous:            %d kB
                THPeligible:           0
                VmFlags: rd ex mr mw me
                7f0000018000-7f0000019000 rw-p 00000000 00:00 0
                Size:                  4 kB
                Rss:                   4 kB
                Anonymous:             4 kB
                """.formatted(permissions, file, anonymous).lines().toList();
    }
}
