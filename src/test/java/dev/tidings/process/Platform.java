package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.StubReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
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

    /** What was answered with another status than 202. */
    Collection<String> refused() {
        return refused;
    }

    /** The tenant's webhook and the sample's campaign, so that events reach that receiver. */
    static void configure(TidingsProcess tidings, StubReceiver receiver) throws IOException, InterruptedException {
        assertThat(tidings.send(
                                "POST",
                                "/v1/feedback-webhooks",
                                "{\"name\":\"n\",\"channels\":[\"email\"],\"url\":\"" + receiver.url("/") + "\"}")
                        .statusCode())
                .isEqualTo(201);
        enable(tidings, true);
    }

    /** Switches the webhooks of the sample's campaign on or off. */
    static void enable(TidingsProcess tidings, boolean on) throws IOException, InterruptedException {
        assertThat(tidings.send(
                                "PUT",
                                "/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137",
                                "{\"name\":\"n\",\"category\":\"Transactional\",\"campaignType\":\"ApiTriggered\","
                                        + "\"enableWebhooks\":" + on + "}")
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
            try {
                post(tidings, IntStream.range(from, from + BATCH).mapToObj(i -> "e-" + i));
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Posts the events of those ids, and answers what was answered. */
    String post(TidingsProcess tidings, Stream<String> ids) throws IOException, InterruptedException {
        String body = ids.map(id -> "{\"eventId\":\"" + id + "\"," + sample.substring(1))
                .collect(Collectors.joining(",", "[", "]"));
        var answer = tidings.send("POST", "/v1/feedback-events", body);
        if (answer.statusCode() != 202) {
            refused.add(answer.body());
        }
        ACCEPTED.matcher(answer.body()).results().forEach(found -> accepted.add(found.group(1)));
        return answer.body();
    }

    /** The ids of the events that reached the receiver. */
    static Set<String> arrived(StubReceiver receiver) {
        return receiver.requests().stream().map(r -> r.header("webhook-id")).collect(Collectors.toSet());
    }
}
