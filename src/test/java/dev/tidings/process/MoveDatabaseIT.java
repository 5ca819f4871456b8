package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The embedded PostgreSQL is left for a real one, as the operations guide says: nothing is lost on the way. */
@DisabledIfSystemProperty(
        named = "tidings.executable",
        matches = ".+",
        disabledReason = "the native executable has no PostgreSQL to leave")
class MoveDatabaseIT {
    private static final int EVENTS = 200;
    private static final Pattern PORT = Pattern.compile("the embedded PostgreSQL runs on 127\\.0\\.0\\.1:(\\d+)");

    @Test
    void whatWaitsInTheEmbeddedDatabaseIsDeliveredFromTheRealOne(@TempDir Path folder) throws Exception {
        assumeTrue(run("psql", "--version").contains("psql"), "there is no psql");
        var platform = new Platform();
        String url = Postgres.newDatabase();
        String[] real = {
            "quarkus.profile=dev",
            "quarkus.datasource.reactive.url=" + url,
            "quarkus.datasource.username=postgres",
            "quarkus.datasource.password=postgres",
            // The key moves along: without it, nobody could read the customers' secrets.
            "tidings.secrets.keys-file=" + folder.resolve("data/secrets.key"),
        };
        try (var receiver = StubReceiver.plain()) {
            try (var embedded =
                    new TidingsProcess(folder, "quarkus.profile=dev", "tidings.dispatch.enabled=false").awaitReady()) {
                Platform.configure(embedded, receiver);
                platform.postUntil(embedded, EVENTS);
                try (var migrate = TidingsProcess.running("migrate", folder, real)) {
                    assertThat(migrate.awaitExit()).as(migrate.log()).isZero();
                }
                assertThat(move(folder, embedded, url))
                        .contains("event: " + EVENTS + " rows", "queue: " + EVENTS + " rows", "webhook: 1 rows");
                assertThat(move(folder, embedded, url)).contains("the target holds data already");
            }
            assertThat(receiver.requests()).isEmpty();

            try (var tidings = new TidingsProcess(folder, real).awaitReady()) {
                receiver.awaitRequests(EVENTS);
                assertThat(Platform.arrived(receiver)).containsExactlyInAnyOrderElementsOf(platform.accepted());
                // New rows get numbers of their own, beside those that moved.
                platform.postUntil(tidings, 2 * EVENTS);
                receiver.awaitRequests(2 * EVENTS);
                assertThat(tidings.log()).doesNotContain("ERROR");
            }
        }
    }

    private static String move(Path folder, TidingsProcess embedded, String url) throws Exception {
        var port = PORT.matcher(embedded.log());
        assertThat(port.find()).isTrue();
        String password = Files.readString(folder.resolve("data/password")).strip();
        return run(
                "deploy/move-database",
                "postgresql://tidings:" + password + "@127.0.0.1:" + port.group(1) + "/postgres",
                url.replace("postgresql://", "postgresql://postgres:postgres@"));
    }

    private static String run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            try (var output = process.inputReader()) {
                return output.readAllAsString();
            } finally {
                process.waitFor();
            }
        } catch (IOException e) {
            return "";
        }
    }
}
