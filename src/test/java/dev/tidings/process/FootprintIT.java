package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the executable occupies, as Linux counts it. */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
        named = "tidings.executable",
        matches = ".+",
        disabledReason = "the JVM gives memory back in its own ways")
class FootprintIT {
    @Test
    void givesBackWhatOnlyTheStartNeeded(@TempDir Path folder) throws Exception {
        try (var tidings = new TidingsProcess(folder, "quarkus.profile=dev").awaitReady()) {
            long files = tidings.kilobytes("RssFile");
            long own = tidings.kilobytes("RssAnon");

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(tidings.kilobytes("RssFile")).isLessThan(files * 2 / 3);
                assertThat(tidings.kilobytes("RssAnon")).isLessThan(own * 9 / 10);
            });

            assertThat(tidings.statusOfManagement("/q/health/ready")).isEqualTo(200);
            assertThat(tidings.send("GET", "/v1/campaigns", "").statusCode()).isEqualTo(200);
        }
    }
}
