package dev.tidings.process;

import static dev.tidings.process.Platform.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.StubReceiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service in the middle of its work. What was answered as accepted arrives, all of it. */
class CrashIT {
    private static final int EVENTS = 10_000;
    /** What may be in flight, or answered and not yet settled, when the process dies. */
    private static final int MOST_DUPLICATES = 1_024 + 2_048;

    private final Platform platform = new Platform();

    @Test
    void nothingThatWasAcceptedIsLost(@TempDir Path folder) throws Exception {
        try (var receiver = StubReceiver.plain()) {
            try (var first = start(folder)) {
                Platform.configure(first, receiver);
                killOnce(first, EVENTS / 2);
                platform.postUntil(first, EVENTS);
            }
            try (var second = start(folder)) {
                platform.postUntil(second, EVENTS);

                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(arrived(receiver))
                                .as("what was accepted and did not arrive")
                                .containsAll(platform.accepted()));
                int duplicates = receiver.requests().size() - arrived(receiver).size();
                System.out.printf(
                        "accepted %d, arrived %d, lost 0, duplicates %d%n",
                        platform.accepted().size(), arrived(receiver).size(), duplicates);
                assertThat(duplicates).isLessThanOrEqualTo(MOST_DUPLICATES);
                assertThat(second.terminate()).isIn(0, 143);
                assertThat(second.log()).contains("Drained");
            }
        }
    }

    /** Kills it while clients post and deliveries are in flight. */
    private void killOnce(TidingsProcess tidings, int accepted) {
        Thread.ofVirtual().start(() -> {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> platform.accepted().size() >= accepted);
            tidings.kill();
        });
    }

    private static TidingsProcess start(Path folder) {
        return new TidingsProcess(
                        folder, "quarkus.profile=dev", "quarkus.log.category.\"dev.tidings.attempt\".level=WARN")
                .awaitReady();
    }
}
