package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import dev.tidings.testing.TestCertificate;
import dev.tidings.testing.TlsRelay;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How connections are made, trusted and kept. */
class ConnectionsTest {
    private static final TestSender SENDER = TestSender.of(EgressSettings.forTests());

    @AfterAll
    static void close() {
        SENDER.close();
    }

    @Test
    void aHundredSendsTakeOneConnection() {
        for (var receiver : List.of(StubReceiver.tls(), StubReceiver.plain())) {
            try (receiver) {
                sendOneByOne(receiver);

                assertThat(receiver.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void oneMoreFindsOutThatAReceiverSpeaksHttp11() {
        try (var receiver = StubReceiver.tlsWithoutHttp2()) {
            sendOneByOne(receiver);

            assertThat(receiver.connections()).isEqualTo(2);
        }
    }

    private static void sendOneByOne(StubReceiver receiver) {
        for (int i = 0; i < 100; i++) {
            SENDER.send(receiver.url("/"));
        }
        assertThat(receiver.requests()).hasSize(100);
    }

    @Test
    void aHundredSendsAtOnceShareOneHttp2ConnectionThatIsThere() {
        try (var receiver = StubReceiver.tls()) {
            SENDER.send(receiver.url("/"));

            assertThat(sendAtOnce(receiver, 100)).allMatch(Answered.class::isInstance);

            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void aHundredSendsAtOnceToSomebodyNewShareOneHttp2Connection() {
        try (var receiver = StubReceiver.tls()) {
            assertThat(sendAtOnce(receiver, 100)).allMatch(Answered.class::isInstance);

            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatIsSentInOneTurnSharesItsRecords() {
        try (var receiver = StubReceiver.tls();
                var relay = TlsRelay.to(receiver.port())) {
            Endpoint endpoint = Endpoints.plain("https://localhost:" + relay.port() + "/");
            SENDER.send(endpoint);
            relay.records();

            var begun = SENDER.beginInOneTurn(Collections.nCopies(50, Endpoints.attempt(endpoint, Mode.USUAL)));

            assertThat(begun).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Answered.class));
            assertThat(receiver.requests()).hasSize(51);
            assertThat(relay.records()).isLessThan(10);
        }
    }

    @Test
    void manyWebhooksOfOneHostAreSpreadOverSomeConnections() {
        try (var receiver = StubReceiver.tls()) {
            var begun = IntStream.range(0, 200)
                    .mapToObj(i -> SENDER.begin(Endpoints.attempt(
                            Endpoints.with(receiver.url("/" + i), new Authentication.None()), Mode.USUAL)))
                    .toList();

            assertThat(begun).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Answered.class));
            assertThat(receiver.connections()).isBetween(8, 16);
        }
    }

    /** Their handshakes end in any order, so that any of them may be the one that is answered. */
    @Test
    void toSomebodyNewWhoSpeaksHttp11NobodyWaitsForAnothersAnswer() {
        try (var receiver = StubReceiver.tlsWithoutHttp2()) {
            IntStream.range(0, 7).forEach(i -> receiver.then(new Reaction.Hang()));
            var begun = IntStream.range(0, 8).mapToObj(i -> begin(receiver)).toArray(CompletableFuture<?>[]::new);

            receiver.awaitRequests(8);
            assertThat(CompletableFuture.anyOf(begun).join())
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answer -> assertThat(answer.statusCode()).isEqualTo(200));
        }
    }

    @Test
    void whoCanNotBeConnectedToIsTriedOnceForAllThatWait() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var hasty = TestSender.of(EgressSettings.forTests("connect-timeout", "500ms"))) {
            String url = "https://localhost:" + silent.getLocalPort() + "/";
            var begun = IntStream.range(0, 20)
                    .mapToObj(i -> hasty.begin(Endpoints.attempt(Endpoints.plain(url), Mode.USUAL)))
                    .toList();

            assertThat(begun)
                    .allSatisfy(one -> assertThat(((Broken) one.join()).fault()).isEqualTo(Fault.TLS));
            silent.setSoTimeout(200);
            silent.accept().close();
            assertThatThrownBy(silent::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** As in the moment in which a webhook's own client goes: it throws, where others answer with a failure. */
    @Test
    void whoAsksAClosedClientIsToldSoAndSoIsWhoAsksNext() {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient closed = vertx.createHttpClient();
            closed.close().toCompletionStage().toCompletableFuture().join();
            var options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(9, "127.0.0.1"))
                    .setHost("localhost");
            assertThatThrownBy(() -> closed.request(options)).isInstanceOf(IllegalStateException.class);
            var client = new VersionedClient(vertx, HttpVersion.HTTP_2, version -> closed);

            for (int i = 0; i < 2; i++) {
                assertThat(client.request(options).toCompletionStage().toCompletableFuture())
                        .failsWithin(Duration.ofSeconds(5))
                        .withThrowableThat()
                        .withCauseInstanceOf(IllegalStateException.class);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void aReceiverMayChangeItsVersionOfHttp() {
        int port;
        try (var modern = StubReceiver.tls()) {
            port = modern.port();
            assertThat(sendAtOnce(modern, 5)).allMatch(Answered.class::isInstance);
        }
        try (var old = StubReceiver.tlsWithoutHttp2(port)) {
            assertThat(SENDER.send(old.url("/"))).isInstanceOf(Answered.class);
            old.always(new Reaction.Late(Duration.ofMillis(200), Answer.of(200)));

            assertThat(sendAtOnce(old, 10)).allMatch(Answered.class::isInstance);
            assertThat(old.connections()).isGreaterThan(2);
        }
    }

    @Test
    void manySendsAtOnceShareBoundedHttp11Connections() {
        try (var receiver = StubReceiver.tlsWithoutHttp2()) {
            receiver.always(new Reaction.Late(Duration.ofMillis(20), Answer.of(200)));

            assertThat(sendAtOnce(receiver, 64)).allMatch(Answered.class::isInstance);
            assertThat(sendAtOnce(receiver, 64)).allMatch(Answered.class::isInstance);

            assertThat(receiver.connections()).isLessThanOrEqualTo(1 + 64);
        }
    }

    @Test
    void aWebhookThatHangsLeavesConnectionsToOthersOfItsHost() {
        for (var receiver : List.of(StubReceiver.tls(), StubReceiver.tlsWithoutHttp2())) {
            try (receiver) {
                IntStream.range(0, 64).forEach(i -> receiver.then(new Reaction.Hang()));
                for (int i = 0; i < 64; i++) {
                    var _ = begin(receiver);
                }
                receiver.awaitRequests(64);

                assertThat(SENDER.answered(receiver.url("/")).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aCertificateThatNobodyKnowsIsNotTrusted() {
        assertTlsFault(TestCertificate.SELF_SIGNED, "The certificate of localhost is not trusted");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        assertTlsFault(TestCertificate.ELSEWHERE, "The certificate of localhost is not for that name: ");
    }

    @Test
    void aCertificateWhoseDaysAreOverIsRefused() {
        assertTlsFault(TestCertificate.EXPIRED, "The certificate of localhost has expired");
    }

    @Test
    void withoutTheOperatorsFileOnlyTheJdksAuthoritiesAreKnown() {
        try (var receiver = StubReceiver.tls();
                var strict = TestSender.of(EgressSettings.forProduction("loopback-allowed", "true"))) {
            assertThat(strict.broken(receiver.url("/")).fault()).isEqualTo(Fault.TLS);
        }
    }

    private static void assertTlsFault(TestCertificate certificate, String beginning) {
        try (var receiver = StubReceiver.tls(certificate)) {
            Broken broken = SENDER.broken(receiver.url("/"));

            assertThat(broken.fault()).isEqualTo(Fault.TLS);
            assertThat(broken.error()).startsWith(beginning).doesNotContain("Exception", "sun.", "java.");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void whoSpeaksNoTlsIsToldSo() {
        try (var receiver = StubReceiver.plain()) {
            assertThat(SENDER.send(receiver.url("/").replace("http:", "https:")))
                    .isEqualTo(new Broken(Fault.TLS, "localhost:" + receiver.port() + " does not speak TLS"));
        }
    }

    @Test
    void whoRefusesIsToldSo() throws IOException {
        int port;
        try (var closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }

        assertThat(SENDER.send("https://localhost:" + port + "/"))
                .isEqualTo(new Broken(Fault.CONNECT, "No connection to localhost:" + port + ": connection refused"));
    }

    @Test
    void whoNeverEndsTheHandshakeIsLeftAfterTheConnectionsTime() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var hasty = TestSender.of(EgressSettings.forTests("connect-timeout", "300ms"))) {
            String target = "localhost:" + silent.getLocalPort();

            assertThat(hasty.send("https://" + target + "/"))
                    .isEqualTo(
                            new Broken(Fault.TLS, "The TLS handshake with " + target + " did not end within 300 ms"));
        }
    }

    @Test
    void aNameThatIsNoneIsToldSo() {
        assertThat(SENDER.send("https://nosuch.invalid/"))
                .isEqualTo(new Broken(Fault.DNS, "The host name nosuch.invalid can't be resolved"));
    }

    @Test
    void inProductionLoopbackIsNotCalled() {
        try (var receiver = StubReceiver.plain();
                var production = TestSender.of(EgressSettings.forProduction())) {
            assertThat(production.broken(receiver.url("/")).fault()).isEqualTo(Fault.FORBIDDEN_ADDRESS);
            assertThat(production.broken("https://127.0.0.1:" + receiver.port()).fault())
                    .isEqualTo(Fault.FORBIDDEN_ADDRESS);
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void plainHttpIsForLoopbackOnly() {
        assertThat(SENDER.send("http://1.1.1.1/"))
                .isEqualTo(new Broken(Fault.FORBIDDEN_ADDRESS, "Plain HTTP is not spoken: use an https URL"));
    }

    @Test
    void theConnectionGoesToTheVettedAddressWhileTheNameStays() {
        // Nobody but this sender's guard knows where that name leads: the connection can't have asked again.
        try (var receiver = StubReceiver.tls(TestCertificate.ELSEWHERE);
                var sender = TestSender.knowingLoopbackOnly(EgressSettings.forTests())) {
            String url = receiver.url("/").replace("localhost", "elsewhere.example");

            assertThat(sender.answered(url).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aUrlThatCanNotBeCalledIsAFault() {
        assertThat(SENDER.broken("mailto:someone@example.com").fault()).isEqualTo(Fault.REQUEST);
        assertThat(SENDER.broken("/path/only").fault()).isEqualTo(Fault.REQUEST);
    }

    private static CompletableFuture<SendResult> begin(StubReceiver receiver) {
        return SENDER.begin(Endpoints.attempt(Endpoints.plain(receiver.url("/")), Mode.USUAL));
    }

    private static List<SendResult> sendAtOnce(StubReceiver receiver, int count) {
        var begun = IntStream.range(0, count).mapToObj(i -> begin(receiver)).toList();
        return begun.stream().map(CompletableFuture::join).toList();
    }
}
