package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.testing.ConnectProxy;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.ReadyTenant;
import dev.tidings.testing.StubReceiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** While the operator's proxy is out, deliveries wait as they are; when it is back, they are sent. */
@QuarkusTest
@TestProfile(ProxyFlowTest.Proxied.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class ProxyFlowTest {
    private static final int PORT = freePort();

    /** Through a proxy that is not there yet. */
    public static final class Proxied implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tidings.egress.proxy", "localhost:" + PORT,
                    "tidings.egress.proxy-user", "tidings",
                    "tidings.egress.proxy-password", "tidings",
                    "tidings.dispatch.breaker-delay", "300ms",
                    "tidings.dispatch.claim-every", "100ms");
        }
    }

    @Inject
    MeterRegistry registry;

    @Test
    void aDeliveryOutlivesTheProxysOutageWithoutAnAttempt() throws IOException {
        try (var receiver = StubReceiver.tls()) {
            ReadyTenant tenant = ReadyTenant.of(receiver);
            tenant.post(1);

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> registry.counter("tidings.attempts.unsent").count() >= 3);
            // Between two tries it is nobody's, and due.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> "turn".equals(tenant.deliveries("").getString("items[0].waitingFor")));
            assertThat(attempts(tenant)).isZero();

            try (var proxy = ConnectProxy.on(PORT, "tidings")) {
                tenant.awaitState("delivered");
                assertThat(attempts(tenant)).isEqualTo(1);
                assertThat(receiver.requests()).hasSize(1);
                assertThat(receiver.requests().getFirst().header("webhook-attempt"))
                        .isEqualTo("1");
                assertThat(proxy.targets()).allMatch(target -> target.endsWith(":" + receiver.port()));
            }
        }
    }

    private static int attempts(ReadyTenant tenant) {
        return tenant.deliveries("").getInt("items[0].attemptCount");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
