package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ConfigurationTable.Line;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationTableTest {

    @ConfigMapping(prefix = "tidings.sample")
    interface Sample {
        /** How often, in {@code HTTP} or so. */
        @WithDefault("5s")
        Duration rereadEvery();

        /**
         * A file.
         * None by default.
         */
        Optional<String> caFile();

        /** Of the group. */
        Inner inner();

        interface Inner {
            /** How many. */
            @WithDefault("3")
            int most();
        }
    }

    private final ConfigurationTable table = ConfigurationTable.of(List.of(Sample.class), Path.of("src/test/java"));

    @Test
    void knowsKeysDefaultsAndMeaning() {
        assertThat(table.lines())
                .containsExactly(
                        new Line("tidings.sample.ca-file", "", "A file. None by default."),
                        new Line("tidings.sample.inner.most", "3", "How many."),
                        new Line("tidings.sample.reread-every", "5s", "How often, in `HTTP` or so."));
    }

    @Test
    void readsWhatItPrints() {
        assertThat(ConfigurationTable.read("# Title\n\n" + table + "\n| `not.ours` | `1` | beside |\n"))
                .isEqualTo(table.lines());
    }

    @Test
    void withoutMarkersThereIsNoTable() {
        assertThat(ConfigurationTable.read("| `a` | `1` | b |")).isEmpty();
    }
}
