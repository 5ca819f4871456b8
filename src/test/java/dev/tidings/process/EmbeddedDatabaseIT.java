package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL that comes along: kept over starts, over kills, and never shared by accident. */
class EmbeddedDatabaseIT {

    @Test
    void aSecondStartFindsTheDataOfTheFirstAlsoAfterAKill(@TempDir Path folder) throws Exception {
        try (var first = start(folder).awaitReady()) {
            assertThat(first.log()).contains("NO TOKEN IS ASKED FOR", "the embedded PostgreSQL runs on");
            first.send(
                    "PUT",
                    "/v1/campaigns/kept",
                    "{\"name\":\"n\",\"category\":\"Marketing\",\"campaignType\":\"Scheduled\"}");
            first.kill();
        }
        try (var second = start(folder).awaitReady()) {
            assertThat(second.send("GET", "/v1/campaigns/kept", "").statusCode())
                    .isEqualTo(200);

            try (var third = start(folder)) {
                assertThat(third.awaitExit()).isEqualTo(2);
                assertThat(third.log()).contains("Another Tidings uses the data directory");
            }
            assertThat(second.send("GET", "/v1/campaigns/kept", "").statusCode())
                    .as("the first one's server is left alone")
                    .isEqualTo(200);
        }
    }

    private static TidingsProcess start(Path folder) {
        return new TidingsProcess(folder, "quarkus.profile=dev");
    }
}
