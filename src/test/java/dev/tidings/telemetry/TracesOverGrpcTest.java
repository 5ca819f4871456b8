package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.OtlpSpan;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Request;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector gets where nothing is said of the protocol: OTLP over gRPC. */
@QuarkusTest
@TestProfile(TracesOverGrpcTest.WithGrpcCollector.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
@SuppressWarnings("NullAway.Init") // injected
class TracesOverGrpcTest {

    /** As little as an operator has to say. */
    public static final class WithGrpcCollector implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.exporter.otlp.endpoint", "http://localhost:" + TracesTest.WithCollector.freePort(),
                    "quarkus.otel.bsp.schedule.delay", "100ms");
        }
    }

    @ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint")
    URI endpoint;

    private StubReceiver collector;

    @BeforeEach
    void listen() {
        collector = StubReceiver.grpc(endpoint.getPort());
    }

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void aTraceArrivesAndIsNotSentAnew() {
        String first = TracedTenant.newTraceId();
        String second = TracedTenant.newTraceId();
        try (var traced = new TracedTenant(true)) {
            traced.post("00-" + first + "-b7ad6b7169203331-01");
            awaitSpans(first, 2);
            traced.post("00-" + second + "-b7ad6b7169203331-01");
            awaitSpans(second, 2);
        }

        assertThat(of(first))
                .extracting(OtlpSpan::name)
                .containsExactlyInAnyOrder("POST /v1/feedback-events", "attempt");
        assertThat(collector.requests()).allSatisfy(call -> {
            assertThat(call.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(call.uri()).isEqualTo("/opentelemetry.proto.collector.trace.v1.TraceService/Export");
            assertThat(call.header("content-type")).startsWith("application/grpc");
        });
    }

    private void awaitSpans(String trace, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> of(trace).size() >= count);
    }

    private List<OtlpSpan> of(String trace) {
        return collector.requests().stream()
                .flatMap(call -> OtlpSpan.of(message(call)).stream())
                .filter(span -> span.traceId().equals(trace))
                .toList();
    }

    /** The call's one message, which comes after its prefix: a byte (0: not compressed) and the length. */
    private static byte[] message(Request call) {
        ByteBuffer frame = ByteBuffer.wrap(call.bytes());
        assertThat(frame.get()).isZero();
        byte[] message = new byte[frame.getInt()];
        frame.get(message);
        assertThat(frame.hasRemaining()).isFalse();
        return message;
    }
}
