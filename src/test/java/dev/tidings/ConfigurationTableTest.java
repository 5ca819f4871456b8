package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tidings.testing.ConfigurationTable;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's configuration table says exactly what the code reads. */
class ConfigurationTableTest {
    private static final Path README = Path.of("README.md");
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void listsEveryKeyWithItsDefault() throws IOException {
        ConfigurationTable expected = ConfigurationTable.of(mappings(), SOURCES);
        assumeTrue(Files.exists(README), "the README is not written yet");

        List<ConfigurationTable.Line> listed = ConfigurationTable.read(Files.readString(README));

        assertThat(listed)
                .as("the table between the README's configuration markers; expected:%n%n%s", expected)
                .extracting(ConfigurationTable.Line::key, ConfigurationTable.Line::defaultValue)
                .containsExactlyElementsOf(expected.keysAndDefaults());
    }

    @Test
    void everyPropertyIsExplained() {
        assertThat(ConfigurationTable.of(mappings(), SOURCES).lines())
                .allSatisfy(line -> assertThat(line.meaning())
                        .as("Javadoc of " + line.key())
                        .isNotBlank());
    }

    private static List<Class<?>> mappings() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tidings").stream()
                        .filter(c -> c.isAnnotatedWith(ConfigMapping.class))
                        .<Class<?>>map(c -> c.reflect())
                        .toList();
    }
}
