package dev.tidings.process;

import static dev.tidings.process.Platform.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends the service in the middle of its work, as a rolling update does: nothing is sent twice, and nothing is lost. */
class DrainIT {
    private static final int EVENTS = 10_000;
    /** So slow that many attempts are in flight, and many deliveries wait in memory and in the table, at any moment. */
    private static final Reaction SLOW = new Reaction.Late(Duration.ofMillis(300), Answer.of(200));

    private final Platform platform = new Platform();

    @Test
    void atTheEndWhatIsInFlightIsSettledAndTheRestIsLeftToTheNext(@TempDir Path folder) throws Exception {
        try (var receiver = StubReceiver.plain().always(SLOW)) {
            int sentByTheFirst;
            try (var first = start(folder)) {
                Platform.configure(first, receiver);
                Thread posting = Thread.ofVirtual().start(() -> post(first));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> receiver.requests().size() >= 300
                                && platform.accepted().size() >= EVENTS / 4);

                long begun = System.nanoTime();
                assertThat(first.terminate()).isIn(0, 143);

                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
                assertThat(first.log()).contains("Drained").doesNotContain("Not drained", "will be repeated");
                posting.join();
                sentByTheFirst = receiver.requests().size();
                assertThat(arrived(receiver))
                        .hasSize(sentByTheFirst)
                        .hasSizeLessThan(platform.accepted().size());
            }
            receiver.always(Answer.of(200));
            try (var second = start(folder)) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(arrived(receiver))
                                .as("what was accepted and did not arrive")
                                .containsAll(platform.accepted()));
                assertThat(second.terminate()).isIn(0, 143);
            }
            System.out.printf(
                    "accepted %d, sent before the end %d, arrived %d, duplicates %d%n",
                    platform.accepted().size(),
                    sentByTheFirst,
                    arrived(receiver).size(),
                    receiver.requests().size() - arrived(receiver).size());
            assertThat(receiver.requests()).as("each once").hasSameSizeAs(arrived(receiver));
        }
    }

    /** An endpoint that does not answer must not keep the service from ending: it is left after the drain timeout. */
    @Test
    void aHangingEndpointDelaysTheEndByTheTimeoutAtMost(@TempDir Path folder) throws Exception {
        try (var receiver = StubReceiver.plain().always(new Reaction.Hang())) {
            try (var first = start(folder, "tidings.dispatch.drain-timeout=2s")) {
                Platform.configure(first, receiver);
                platform.postUntil(first, 200);
                receiver.awaitRequests(64);

                long begun = System.nanoTime();
                assertThat(first.terminate()).isIn(0, 143);

                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
                assertThat(first.log()).contains("Not drained within PT2S");
            }
            receiver.always(Answer.of(200));
            try (var second = start(folder)) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(
                                () -> assertThat(second.send("GET", "/v1/deliveries?state=delivered&limit=200", "")
                                                .body()
                                                .split("\"state\":\"delivered\"", -1))
                                        .as("delivered in the end")
                                        .hasSize(200 + 1));
                assertThat(arrived(receiver)).containsAll(platform.accepted());
            }
        }
    }

    private void post(TidingsProcess tidings) {
        try {
            platform.postUntil(tidings, EVENTS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static TidingsProcess start(Path folder, String... more) {
        String[] properties = new String[more.length + 2];
        System.arraycopy(more, 0, properties, 2, more.length);
        properties[0] = "quarkus.profile=dev";
        properties[1] = "quarkus.log.category.\"dev.tidings.attempt\".level=WARN";
        return new TidingsProcess(folder, properties).awaitReady();
    }
}
