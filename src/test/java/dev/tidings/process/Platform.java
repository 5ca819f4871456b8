package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.StubReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * The messaging platform: posts numbered events from several clients at once, and remembers what was answered as
 * accepted. A client whose service is gone ends; what was not answered was not promised.
 */
final class Platform {
    private static final int BATCH = 20;
    private static final int CLIENTS = 8;
    private static final Pattern ACCEPTED = Pattern.compile("\"eventId\":\"([^\"]+)\",\"status\":\"accepted\"");

    private final String sample = sample();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    private static String sample() {
        try {
            return Files.readString(Path.of("src/docs/samples/email-bounce.json"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of the events that were answered as accepted. */
    Set<String> accepted() {
        return accepted;
    }

    /** The tenant's webhook and the sample's campaign, so that events reach that receiver. */
    static void configure(TidingsProcess tidings, StubReceiver receiver) throws IOException, InterruptedException {
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

    /** Posts until that many were posted in all, or the service is gone; clients don't wait for deliveries. */
    void postUntil(TidingsProcess tidings, int until) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(i -> clients.submit(() -> post(tidings, until)))
                    .toList();
            for (Future<?> one : all) {
                one.get(2, TimeUnit.MINUTES);
            }
        }
    }

    private void post(TidingsProcess tidings, int until) {
        while (true) {
            int from = next.getAndAdd(BATCH);
            if (from >= until) {
                next.getAndAdd(-BATCH);
                return;
            }
            String body = IntStream.range(from, from + BATCH)
                    .mapToObj(i -> "{\"eventId\":\"e-" + i + "\"," + sample.substring(1))
                    .collect(Collectors.joining(",", "[", "]"));
            try {
                ACCEPTED.matcher(tidings.send("POST", "/v1/feedback-events", body)
                                .body())
                        .results()
                        .forEach(found -> accepted.add(found.group(1)));
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The ids of the events that reached the receiver. */
    static Set<String> arrived(StubReceiver receiver) {
        return receiver.requests().stream().map(r -> r.header("webhook-id")).collect(Collectors.toSet());
    }
}
