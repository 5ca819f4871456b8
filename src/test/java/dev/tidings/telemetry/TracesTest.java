package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.ManualClock;
import dev.tidings.testing.OtlpSpan;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector gets over OTLP, and what the receiver is told of it. */
@QuarkusTest
@TestProfile(TracesTest.WithCollector.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
@SuppressWarnings("NullAway.Init") // injected
class TracesTest {
    private static final String REQUEST = "POST /v1/feedback-events";
    private static final String PARENT = "b7ad6b7169203331";

    /** The exporter connects when it has something: by then a test listens there. */
    public static final class WithCollector implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.exporter.otlp.endpoint", "http://localhost:" + freePort(),
                    "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                    "quarkus.otel.bsp.schedule.delay", "100ms");
        }

        static int freePort() {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    ManualClock clock;

    @ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint")
    URI endpoint;

    private final String traceId = TracedTenant.newTraceId();
    private StubReceiver collector;

    @BeforeEach
    void listen() {
        collector = StubReceiver.plain(endpoint.getPort());
    }

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void oneTraceHoldsTheRequestAndEveryAttemptAlsoOverARetry() {
        try (var traced = new TracedTenant(true)) {
            traced.receiver.then(Answer.of(500));
            traced.post("00-" + traceId + "-" + PARENT + "-01");
            traced.tenant.awaitState("retrying");
            clock.advance(Duration.ofSeconds(73));
            List<String> told = traced.awaitTraceparents(2);

            List<OtlpSpan> spans = awaitSpans(traceId, 3);
            OtlpSpan request = named(spans, REQUEST).getFirst();
            List<OtlpSpan> attempts = named(spans, "attempt");

            assertThat(request.parentId()).isEqualTo(PARENT);
            assertThat(request.attributes()).containsEntry("tidings.events.accepted", "1");
            assertThat(attempts).hasSize(2).extracting(OtlpSpan::parentId).containsOnly(request.spanId());
            assertThat(told)
                    .containsExactlyElementsOf(attempts.stream()
                            .map(span -> "00-" + traceId + "-" + span.spanId() + "-01")
                            .toList());
            assertThat(attempts.getLast().attributes())
                    .containsEntry("tidings.webhook.id", traced.tenant.webhookId())
                    .containsEntry("tidings.attempt.number", "2")
                    .containsEntry("tidings.attempt.outcome", "delivered")
                    .containsEntry("http.response.status_code", "200")
                    .containsOnlyKeys(
                            "tidings.webhook.id",
                            "tidings.delivery.id",
                            "tidings.attempt.number",
                            "tidings.attempt.outcome",
                            "http.response.status_code");
            assertThat(attempts.getFirst().attributes())
                    .containsEntry("tidings.attempt.outcome", "retrying")
                    .containsEntry("http.response.status_code", "500");
        }
    }

    @Test
    void whereNobodyBeganATraceTidingsDoes() {
        try (var traced = new TracedTenant(true)) {
            traced.post();
            String told = traced.awaitTraceparents(1).getFirst();

            assertThat(told).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            List<OtlpSpan> spans = awaitSpans(told.substring(3, 35), 2);
            assertThat(named(spans, REQUEST).getFirst().parentId()).isEmpty();
            assertThat(named(spans, "attempt").getFirst().spanId()).isEqualTo(told.substring(36, 52));
        }
    }

    @Test
    void whatTheCallerDoesNotRecordIsNotRecordedHereEither() {
        String recorded = TracedTenant.newTraceId();
        try (var traced = new TracedTenant(true)) {
            traced.post("00-" + traceId + "-" + PARENT + "-00");
            assertThat(traced.awaitTraceparents(1).getFirst())
                    .startsWith("00-" + traceId + "-")
                    .endsWith("-00");
            traced.post("00-" + recorded + "-" + PARENT + "-01");

            awaitSpans(recorded, 2);
            assertThat(collected()).extracting(OtlpSpan::traceId).doesNotContain(traceId);
        }
    }

    @Test
    void aReceiverThatIsNotToldIsTracedAllTheSameAndNothingPersonalIsSent() {
        try (var traced = new TracedTenant(false)) {
            traced.post("00-" + traceId + "-" + PARENT + "-01");

            assertThat(traced.awaitTraceparents(1)).containsOnlyNulls();
            awaitSpans(traceId, 2);
            assertThat(collector.requests())
                    .extracting(export -> new String(export.bytes(), StandardCharsets.ISO_8859_1))
                    .noneMatch(bytes -> bytes.contains(traced.tenant.tenant().imsOrg())
                            || bytes.contains("example.com")
                            || bytes.contains("localhost"));
        }
    }

    private List<OtlpSpan> collected() {
        return collector.requests().stream()
                .flatMap(export -> OtlpSpan.of(export.bytes()).stream())
                .toList();
    }

    private List<OtlpSpan> of(String trace) {
        return collected().stream().filter(span -> span.traceId().equals(trace)).toList();
    }

    private List<OtlpSpan> awaitSpans(String trace, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> of(trace).size() >= count);
        return of(trace);
    }

    /** Attempts in their order. */
    private static List<OtlpSpan> named(List<OtlpSpan> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .sorted(Comparator.comparing(span -> span.attributes().getOrDefault("tidings.attempt.number", "")))
                .toList();
    }
}
