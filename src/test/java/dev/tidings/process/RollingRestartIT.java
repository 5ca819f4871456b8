package dev.tidings.process;

import static dev.tidings.process.Platform.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes are replaced one after another under load, as rolling updates do, ten times: what was accepted arrives, once. */
class RollingRestartIT {
    private static final int RESTARTS = 10;

    private final Platform platform = new Platform();
    private final String[] settings = {
        "quarkus.profile=dev",
        "quarkus.log.category.\"dev.tidings.attempt\".level=WARN",
        "quarkus.datasource.reactive.url=" + Postgres.newDatabase(),
        "quarkus.datasource.username=postgres",
        "quarkus.datasource.password=postgres"
    };

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nothingIsLostAndNothingIsSentTwice(@TempDir Path folder) throws Exception {
        try (var receiver = StubReceiver.plain();
                var load = new SteadyLoad(platform)) {
            List<TidingsProcess> nodes = load.nodes();
            nodes.add(start(folder));
            nodes.add(start(folder));
            Platform.configure(nodes.getFirst(), receiver);
            load.start();

            for (int i = 0; i < RESTARTS; i++) {
                load.awaitMore();
                int one = i % nodes.size();
                assertThat(nodes.get(one).terminate()).isIn(0, 143);
                assertThat(nodes.get(one).log()).contains("Drained").doesNotContain("Not drained");
                nodes.set(one, start(folder));
            }
            load.awaitMore();
            int posted = load.end();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(arrived(receiver))
                            .as("what was accepted and did not arrive")
                            .containsAll(platform.accepted()));
            assertThat(receiver.requests())
                    .as("nothing twice")
                    .hasSize(arrived(receiver).size());
            System.out.printf(
                    "%d restarts, posted %d, accepted %d, arrived %d%n",
                    RESTARTS,
                    posted,
                    platform.accepted().size(),
                    arrived(receiver).size());
        }
    }

    private TidingsProcess start(Path folder) {
        return new TidingsProcess(folder, settings).awaitReady();
    }
}
