package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide in Chinese says what the README says where both must be typed to the letter. */
class GuideTest {

    @Test
    void bothQuickStartsHaveTheSameCommands() throws IOException {
        assertThat(quickStart("src/docs/guide.zh.md")).isEqualTo(quickStart("README.md"));
    }

    private static String quickStart(String file) throws IOException {
        String text = Files.readString(Path.of(file));
        return text.substring(text.indexOf("<!-- quick start -->"), text.indexOf("<!-- /quick start -->"));
    }
}
