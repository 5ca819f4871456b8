package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult;
import dev.tidings.dispatch.AttemptListener.Report;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import dev.tidings.feedback.TraceParent;
import dev.tidings.queue.Delivery;
import dev.tidings.queue.Settlement;
import dev.tidings.testing.Traces;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.Signing;
import dev.tidings.webhook.Tls;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptLogTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final UUID ID = new UUID(1, 2);

    private static String line(@Nullable TraceParent trace) {
        var endpoint = new Endpoint(
                ID,
                new Tenant("org", "prod"),
                0,
                true,
                Set.of(Channel.EMAIL),
                URI.create("https://hooks.example.com/secret-path"),
                new Authentication.None(),
                List.of(),
                PayloadVersion.V1,
                new Signing.None(),
                Tls.USUAL);
        var delivery = new Delivery(ID, ID, 1, "event", new byte[1], new Delivery.Progress(0, 0, NOON));
        var settlement = new Settlement(
                delivery,
                NOON,
                Duration.ofMillis(7),
                new Settlement.Outcome.Delivered(),
                200,
                null,
                "",
                Traces.over("192.0.2.1"));
        return AttemptLog.line(
                new Report(endpoint, delivery, new SendResult.Answered(200, "", null), settlement, trace));
    }

    @Test
    void theLineOfAnAttemptThatIsInATraceNamesIt() {
        String traceId = "0af7651916cd43dd8448eb211c80319c";

        assertThat(line(new TraceParent(traceId, "b7ad6b7169203331", true))).contains(" trace=" + traceId);
        assertThat(line(null)).contains("attempt=1 outcome=delivered").doesNotContain("trace=", "secret-path");
    }
}
