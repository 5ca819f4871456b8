package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.StubReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service in the middle of its work. What was answered as accepted arrives, all of it. */
class CrashIT {
    private static final int EVENTS = 10_000;
    private static final int BATCH = 20;
    private static final int CLIENTS = 8;
    /** What may be in flight, or answered and not yet settled, when the process dies. */
    private static final int MOST_DUPLICATES = 1_024 + 2_048;

    private static final Pattern ACCEPTED = Pattern.compile("\"eventId\":\"([^\"]+)\",\"status\":\"accepted\"");

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void nothingThatWasAcceptedIsLost(@TempDir Path folder) throws Exception {
        String sample = Files.readString(Path.of("src/docs/samples/email-bounce.json"));
        try (var receiver = StubReceiver.plain()) {
            try (var first = start(folder)) {
                configure(first, receiver);
                killOnce(first, EVENTS / 2);
                postUntil(first, sample, EVENTS);
            }
            try (var second = start(folder)) {
                postUntil(second, sample, EVENTS);

                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(arrived(receiver))
                                .as("what was accepted and did not arrive")
                                .containsAll(accepted));
                int duplicates = receiver.requests().size() - arrived(receiver).size();
                System.out.printf(
                        "accepted %d, arrived %d, lost 0, duplicates %d%n",
                        accepted.size(), arrived(receiver).size(), duplicates);
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
                    .until(() -> this.accepted.size() >= accepted);
            tidings.kill();
        });
    }

    private static TidingsProcess start(Path folder) {
        return new TidingsProcess(
                        folder, "quarkus.profile=dev", "quarkus.log.category.\"dev.tidings.attempt\".level=WARN")
                .awaitReady();
    }

    private static void configure(TidingsProcess tidings, StubReceiver receiver)
            throws IOException, InterruptedException {
        assertThat(tidings.send(
                                "POST",
                                "/v1/feedback-webhooks",
                                "{\"name\":\"n\",\"channels\":[\"email\"],\"url\":\"" + receiver.url("/") + "\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(tidings.send(
                                "PUT",
                                "/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137",
                                "{\"name\":\"n\",\"category\":\"Transactional\",\"campaignType\":\"ApiTriggered\","
                                        + "\"enableWebhooks\":true}")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Posts from several clients until that many were posted in all; they don't wait for deliveries. */
    private void postUntil(TidingsProcess tidings, String sample, int until) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(i -> clients.submit(() -> post(tidings, sample, until)))
                    .toList();
            for (Future<?> one : all) {
                one.get(2, TimeUnit.MINUTES);
            }
        }
    }

    private void post(TidingsProcess tidings, String sample, int until) {
        while (true) {
            int from = next.getAndAdd(BATCH);
            if (from >= until) {
                next.getAndAdd(-BATCH);
                return;
            }
            String body = IntStream.range(from, from + BATCH)
                    .mapToObj(i ->
                            "{\"eventId\":\"e-" + i + "\"," + sample.strip().substring(1))
                    .collect(Collectors.joining(",", "[", "]"));
            try {
                ACCEPTED.matcher(tidings.send("POST", "/v1/feedback-events", body)
                                .body())
                        .results()
                        .forEach(found -> accepted.add(found.group(1)));
            } catch (IOException e) {
                return; // It was killed: what was not answered was not promised.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Set<String> arrived(StubReceiver receiver) {
        return receiver.requests().stream().map(r -> r.header("webhook-id")).collect(Collectors.toSet());
    }
}
