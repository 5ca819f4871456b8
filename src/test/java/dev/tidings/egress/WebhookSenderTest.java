package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.Signing;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a receiver may do, and what the sender makes of it; over real sockets. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class WebhookSenderTest {
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @Inject
    WebhookSender sender;

    private SendResult send(String url, Signing signing) {
        var endpoint = new Endpoint(
                UUID.randomUUID(),
                new Tenant("org", "prod"),
                0,
                true,
                Set.of(Channel.EMAIL),
                URI.create(url),
                new Authentication.None(),
                List.of(),
                PayloadVersion.V1,
                signing);
        return sender.send(new Outgoing(endpoint, "msg_1", 3, BODY, Mode.USUAL))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private SendResult send(String url) {
        return send(url, new Signing.None());
    }

    private static Fault fault(SendResult result) {
        return ((Broken) result).fault();
    }

    @Test
    void answersAreValuesAndRedirectsAreNotFollowed() {
        try (var receiver = StubReceiver.tls()) {
            receiver.then(new Answer(302, Map.of("Location", receiver.url("/elsewhere")), new byte[0]))
                    .then(new Answer(429, Map.of("Retry-After", "120"), "slow down".getBytes(StandardCharsets.UTF_8)));

            assertThat(send(receiver.url("/"))).isEqualTo(new Answered(302, "", null));
            assertThat(send(receiver.url("/"))).isEqualTo(new Answered(429, "slow down", Duration.ofMinutes(2)));
            assertThat(receiver.requests()).hasSize(2);
        }
    }

    @Test
    void ofALongAnswerLittleIsKeptAndItsStatusCounts() {
        try (var receiver = StubReceiver.tls()) {
            receiver.then(new Answer(200, Map.of(), "x".repeat(5_000_000).getBytes(StandardCharsets.UTF_8)));

            var answered = (Answered) send(receiver.url("/"));

            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(answered.body()).hasSize(20_000);
        }
    }

    @Test
    void connectionsAreKept() {
        try (var receiver = StubReceiver.tls()) {
            for (int i = 0; i < 20; i++) {
                send(receiver.url("/"));
            }

            assertThat(receiver.requests().stream()
                            .map(StubReceiver.Request::from)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void aSignedRequestCarriesStandardWebhooksHeaders() {
        try (var receiver = StubReceiver.tls()) {
            send(receiver.url("/"), new Signing.HmacSha256("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

            var request = receiver.awaitRequests(1).getFirst();
            long timestamp = Long.parseLong(request.header("webhook-timestamp"));
            assertThat(request.header("webhook-signature"))
                    .isEqualTo(
                            Signature.hmacSha256("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_1", timestamp, BODY));
        }
    }

    @Test
    void theSpecificationsExampleIsSignedAsItSays() {
        String payload = "{\"test\": 2432232314}";

        assertThat(Signature.hmacSha256(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330L,
                        payload.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whatCanNotBeReachedIsAFaultWithItsReason() throws IOException {
        int port;
        try (var closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        assertThat(fault(send("https://localhost:" + port + "/"))).isEqualTo(Fault.CONNECT);
        assertThat(fault(send("https://nosuch.invalid/"))).isEqualTo(Fault.DNS);
        assertThat(send("https://10.0.0.1/"))
                .isEqualTo(new Broken(
                        Fault.FORBIDDEN_ADDRESS,
                        "10.0.0.1 leads to 10.0.0.1, which is not a public address: not called"));
        try (var receiver = StubReceiver.tls()) {
            assertThat(fault(send(receiver.url("/").replace("localhost", "127.0.0.2"))))
                    .isEqualTo(Fault.CONNECT);
        }
        try (var receiver = StubReceiver.plain()) {
            assertThat(fault(send(receiver.url("/").replace("http:", "https:"))))
                    .isIn(Fault.TLS, Fault.PROTOCOL);
        }
    }

    @Test
    void whoNeverAnswersIsLeftAfterTheAttemptsTime() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();

            SendResult result = send("http://localhost:" + silent.getLocalPort() + "/");

            assertThat(fault(result)).isEqualTo(Fault.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));
        }
    }
}
