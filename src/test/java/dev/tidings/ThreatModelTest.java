package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The threat model claims nothing that no test shows. */
class ThreatModelTest {
    private static final Path MODEL = Path.of("src/docs/threat-model.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> named = TEST.matcher(Files.readString(MODEL))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isNotEmpty();
        assertThat(tests()).containsAll(named);
    }

    @Test
    void everyClaimNamesATest() throws IOException {
        assertThat(Files.readString(MODEL).lines())
                .filteredOn(line -> line.startsWith("| ")
                        && !line.startsWith("| ---")
                        && !line.startsWith("| threat |")
                        && !line.startsWith("| risk |"))
                .isNotEmpty()
                .allMatch(line -> TEST.matcher(line).find(), "names a test");
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
