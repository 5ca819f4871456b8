package dev.tidings.telemetry;

import dev.tidings.testing.ReadyTenant;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Request;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant with a webhook, its receiver, and whoever posts its events with a {@code traceparent} or without. */
final class TracedTenant implements AutoCloseable {
    final StubReceiver receiver = StubReceiver.plain();
    final ReadyTenant tenant;

    TracedTenant(boolean sendTraceparent) {
        tenant = ReadyTenant.of(receiver, Map.of("sendTraceparent", sendTraceparent));
    }

    static String newTraceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    void post(String... traceparents) {
        var request = tenant.events(1);
        for (String traceparent : traceparents) {
            request.header("traceparent", traceparent);
        }
        request.post("/v1/feedback-events").then().statusCode(202);
    }

    /** The values of that header, of so many attempts; {@code null} where there was none. */
    List<String> awaitTraceparents(int attempts) {
        return receiver.awaitRequests(attempts).stream()
                .map((Request request) -> request.header("traceparent"))
                .toList();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
