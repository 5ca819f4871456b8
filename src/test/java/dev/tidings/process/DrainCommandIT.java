package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidings drain}, as a scheduled job starts it beside nodes that sleep, and {@code tidings migrate}. */
class DrainCommandIT {
    private static final int EVENTS = 400;

    private final Platform platform = new Platform();
    private final List<String> database = List.of(
            "quarkus.datasource.reactive.url=" + Postgres.newDatabase(),
            "quarkus.datasource.username=postgres",
            "quarkus.datasource.password=postgres");

    @TempDir
    private Path folder;

    @BeforeEach
    void theSchemaIsThere() {
        try (var migrate = running("migrate")) {
            assertThat(migrate.awaitExit()).as(migrate.log()).isZero();
            assertThat(migrate.log()).contains("The schema is up to date").doesNotContain("Listening on");
        }
    }

    @Test
    void deliversWhatIsDueAndEndsWithZero() throws Exception {
        try (var receiver = StubReceiver.plain()) {
            leaveWaiting(receiver);
            assertThat(receiver.requests()).isEmpty();

            try (var drain = running("drain")) {
                assertThat(drain.awaitExit()).as(drain.log()).isZero();
                assertThat(drain.log()).contains("Nothing due is left, but for 0 endpoints", "Drained");
                assertThat(Platform.arrived(receiver))
                        .as(drain.log())
                        .containsExactlyInAnyOrderElementsOf(platform.accepted());
            }
            assertThat(receiver.requests()).as("nothing twice").hasSize(EVENTS);
        }
    }

    @Test
    void worksBesideANodeAndLeavesItItsOwn() throws Exception {
        try (var receiver = StubReceiver.plain();
                var node = serving().awaitReady()) {
            Platform.configure(node, receiver);
            platform.postUntil(node, EVENTS);

            try (var drain = running("drain")) {
                assertThat(drain.awaitExit()).as(drain.log()).isZero();
            }
            receiver.awaitRequests(EVENTS);
            assertThat(receiver.requests()).as("nothing twice").hasSize(EVENTS);
            assertThat(node.send("GET", "/v1/deliveries?limit=1", "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void doesNotWaitForAnEndpointThatIsDown() throws Exception {
        try (var receiver = StubReceiver.plain().always(Answer.of(500))) {
            leaveWaiting(receiver);

            try (var drain = running("drain", "tidings.drain.at-most=40s")) {
                assertThat(drain.awaitExit()).as(drain.log()).isZero();
            }
            assertThat(receiver.requests()).hasSizeBetween(20, EVENTS);
        }
    }

    @Test
    void endsWithThreeWhenItsTimeIsUpAndLeavesTheRestToTheNext() throws Exception {
        try (var receiver = StubReceiver.plain().always(new Reaction.Late(Duration.ofSeconds(3), Answer.of(200)))) {
            leaveWaiting(receiver);

            try (var drain = running("drain", "tidings.drain.at-most=1s")) {
                assertThat(drain.awaitExit()).isEqualTo(3);
                assertThat(drain.log()).contains("Time is up after", "tidings.drain.at-most");
            }
            assertThat(receiver.requests()).hasSizeLessThan(EVENTS);

            receiver.always(Answer.of(200));
            try (var drain = running("drain")) {
                assertThat(drain.awaitExit()).as(drain.log()).isZero();
            }
            assertThat(Platform.arrived(receiver)).containsExactlyInAnyOrderElementsOf(platform.accepted());
        }
    }

    @Test
    void anotherWordIsRefusedAndTheCommandsNamed() {
        try (var wrong = running("drian")) {
            assertThat(wrong.awaitExit()).isEqualTo(2);
            assertThat(wrong.log()).contains("drian", "drain", "migrate").doesNotContain("\tat ");
        }
    }

    /** A node that only accepts, as one whose processor is taken away between requests. */
    private void leaveWaiting(StubReceiver receiver) throws Exception {
        try (var node = serving("tidings.dispatch.enabled=false").awaitReady()) {
            Platform.configure(node, receiver);
            platform.postUntil(node, EVENTS);
        }
        assertThat(platform.accepted()).hasSize(EVENTS);
    }

    private TidingsProcess serving(String... more) {
        return new TidingsProcess(folder, settings(more));
    }

    private TidingsProcess running(String word, String... more) {
        return TidingsProcess.running(word, folder, settings(more));
    }

    private String[] settings(String... more) {
        List<String> all = new ArrayList<>(database);
        all.add("quarkus.profile=dev");
        all.add("quarkus.log.category.\"dev.tidings.attempt\".level=WARN");
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
