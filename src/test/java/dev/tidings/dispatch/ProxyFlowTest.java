package dev.tidings.dispatch;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.enableCampaign;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.ConnectProxy;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            Tenant tenant = newTenant();
            as(tenant)
                    .body(Map.of("name", "n", "channels", List.of("email"), "url", receiver.url("/")))
                    .post("/v1/feedback-webhooks")
                    .then()
                    .statusCode(201);
            enableCampaign(tenant);
            String event = Files.readString(Path.of("src/docs/samples/email-bounce.json"))
                    .replace("myImsOrg", tenant.imsOrg());
            given().contentType("application/json")
                    .body(event)
                    .post("/v1/feedback-events")
                    .then()
                    .statusCode(202);

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> registry.counter("tidings.attempts.unsent").count() >= 3);
            delivery(tenant).body("items[0].attemptCount", equalTo(0));

            try (var proxy = ConnectProxy.on(PORT, "tidings")) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> delivery(tenant).body("items[0].state", equalTo("delivered")));
                delivery(tenant).body("items[0].attemptCount", equalTo(1));
                assertThat(receiver.requests()).hasSize(1);
                assertThat(receiver.requests().getFirst().header("webhook-attempt"))
                        .isEqualTo("1");
                assertThat(proxy.targets()).allMatch(target -> target.endsWith(":" + receiver.port()));
            }
        }
    }

    private static ValidatableResponse delivery(Tenant tenant) {
        return as(tenant).get("/v1/deliveries").then().statusCode(200);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
