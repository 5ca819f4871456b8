package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL that comes along: kept over starts, over kills, and never shared by accident. */
@DisabledIfSystemProperty(
        named = "tidings.executable",
        matches = ".+",
        disabledReason = "the native executable has none")
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

    @Test
    void aStartThatFailsEndsAtOnceAndLeavesNoServerBehind(@TempDir Path folder) {
        // Given a mistake that is found before any bean is there, and so before anybody could hear of a shutdown.
        long begin = System.nanoTime();
        try (var tidings =
                new TidingsProcess(folder, "quarkus.profile=dev", "tidings.dispatch.drain-timeout=not-a-duration")) {
            assertThat(tidings.awaitExit()).isEqualTo(1);
            assertThat(tidings.log()).contains("tidings.dispatch.drain-timeout");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(50));
        assertThat(folder.resolve("data/cluster/postmaster.pid")).doesNotExist();
        assertThat(folder.resolve("data/cluster/PG_VERSION")).exists();
    }

    @Test
    void theServerEndsWithTheServiceAndAfterIt(@TempDir Path folder) throws Exception {
        try (var tidings = start(folder).awaitReady()) {
            assertThat(tidings.terminate()).isIn(0, 143);
        }
        assertThat(folder.resolve("data/cluster/postmaster.pid")).doesNotExist();
        assertThat(Files.readString(folder.resolve("data/postgresql.log")))
                .contains("database system is shut down")
                .as("nobody was connected any more")
                .doesNotContain("terminating connection");
    }

    private static TidingsProcess start(Path folder) {
        return new TidingsProcess(folder, "quarkus.profile=dev");
    }
}
