package dev.tidings.process;

import static dev.tidings.process.Platform.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes are replaced one after another under load, as rolling updates do, ten times: what was accepted arrives, once. */
class RollingRestartIT {
    private static final int RESTARTS = 10;
    private static final int BURST = 40;
    /** Of the load between two restarts: enough to be amid work at each of them. */
    private static final int BETWEEN = 100;

    private final Platform platform = new Platform();
    private final List<TidingsProcess> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger posted = new AtomicInteger();
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
                ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            nodes.add(start(folder));
            nodes.add(start(folder));
            Platform.configure(nodes.getFirst(), receiver);
            ScheduledFuture<?> load = clock.scheduleWithFixedDelay(this::post, 0, 100, TimeUnit.MILLISECONDS);

            for (int i = 0; i < RESTARTS; i++) {
                awaitMore();
                int one = i % nodes.size();
                assertThat(nodes.get(one).terminate()).isIn(0, 143);
                assertThat(nodes.get(one).log()).contains("Drained").doesNotContain("Not drained");
                nodes.set(one, start(folder));
            }
            awaitMore();
            load.cancel(false);
            clock.shutdown();
            assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

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
                    posted.get(),
                    platform.accepted().size(),
                    arrived(receiver).size());
        } finally {
            nodes.forEach(TidingsProcess::close);
        }
    }

    /** To the nodes in turns; one that is gone loses its burst, which was not promised. */
    private void post() {
        int until = posted.addAndGet(BURST);
        try {
            platform.postUntil(nodes.get(until / BURST % nodes.size()), until);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitMore() {
        int enough = platform.accepted().size() + BETWEEN;
        await().atMost(Duration.ofSeconds(30)).until(() -> platform.accepted().size() >= enough);
    }

    private TidingsProcess start(Path folder) {
        return new TidingsProcess(folder, settings).awaitReady();
    }
}
