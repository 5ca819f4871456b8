package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.testing.ClientCertificate;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.TestCertificate;
import dev.tidings.webhook.Authentication.Client;
import dev.tidings.webhook.Authentication.OAuth2;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorities and client certificates of one webhook, against receivers that ask for them. */
class OwnTlsTest {
    private static final ClientCertificate MINE = ClientCertificate.of("EC", 60);
    private static final ClientCertificate ANOTHERS = ClientCertificate.of("EC", 60);

    private final TestSender sender = TestSender.of(EgressSettings.forTests());

    @AfterEach
    void close() {
        sender.close();
    }

    private static Tls showing(ClientCertificate client) {
        return new Tls("", new Tls.Client(client.certificate(), client.key()), null);
    }

    private static Tls believing(String authorities) {
        return new Tls(authorities, null, null);
    }

    private SendResult send(StubReceiver receiver, Tls tls) {
        return sender.send(Endpoints.with(Endpoints.plain(receiver.url("/")), tls));
    }

    private static void assertDelivered(SendResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2", "Ed25519, TLSv1.3"})
    void theRightClientCertificateOpensTheDoor(String algorithm, String version) {
        var client = ClientCertificate.of(algorithm, 60);
        try (var receiver = StubReceiver.tlsFor(client, version)) {
            assertDelivered(send(receiver, showing(client)));
        }
    }

    /** In TLS 1.3 the server looks at the certificate when the client's handshake is over: the connection just ends. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void noneAndTheWrongOneAreRefusedAndTriedAgainLater(String version) {
        try (var receiver = StubReceiver.tlsFor(MINE, version)) {
            for (Tls tls : new Tls[] {Tls.USUAL, showing(ANOTHERS)}) {
                assertThat(send(receiver, tls))
                        .isInstanceOfSatisfying(
                                Broken.class,
                                broken -> assertThat(broken.fault()).isIn(Fault.TLS, Fault.PROTOCOL));
            }
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void aPrivateAuthorityIsBelievedByItsWebhookAlone() throws IOException {
        try (var strict = TestSender.knowingLoopbackOnly(EgressSettings.forProduction("loopback-allowed", "true"));
                var receiver = StubReceiver.tls()) {
            Endpoint plain = Endpoints.plain(receiver.url("/"));
            Tls knowing = believing(Files.readString(TestCertificate.pem()));

            assertDelivered(strict.send(Endpoints.with(plain, knowing)));
            assertThat(strict.send(Endpoints.plain(receiver.url("/"))))
                    .isInstanceOfSatisfying(
                            Broken.class, broken -> assertThat(broken.error()).contains("is not trusted"));
            assertThat(strict.send(Endpoints.with(Endpoints.plain(receiver.url("/")), believing(MINE.authority()))))
                    .isInstanceOf(Broken.class);
        }
    }

    @Test
    void anAuthorityOfItsOwnDoesNotMakeAnotherNameRight() throws IOException {
        try (var receiver = StubReceiver.tls(TestCertificate.ELSEWHERE)) {
            assertThat(send(receiver, believing(Files.readString(TestCertificate.pem()))))
                    .isInstanceOfSatisfying(
                            Broken.class, broken -> assertThat(broken.error()).contains("is not for that name"));
        }
    }

    @Test
    void noConnectionIsSharedBetweenIdentities() {
        try (var receiver = StubReceiver.tls()) {
            Endpoint plain = Endpoints.plain(receiver.url("/"));
            Endpoint mine = Endpoints.with(Endpoints.plain(receiver.url("/")), showing(MINE));
            Endpoint alike = Endpoints.with(Endpoints.plain(receiver.url("/alike")), showing(MINE));
            for (int i = 0; i < 2; i++) {
                for (Endpoint endpoint : new Endpoint[] {plain, mine, alike}) {
                    assertDelivered(sender.send(endpoint));
                }
            }

            assertThat(receiver.requests().stream()
                            .map(StubReceiver.Request::from)
                            .distinct())
                    .hasSize(3);
            // Whoever knocked first with the right certificate opens for nobody else.
            assertThat(receiver.connections()).isEqualTo(3);
        }
    }

    @Test
    void aChangeIsHeldToAtTheNextAttempt() {
        try (var receiver = StubReceiver.tlsFor(MINE)) {
            Endpoint endpoint = Endpoints.with(Endpoints.plain(receiver.url("/")), showing(MINE));
            assertDelivered(sender.send(endpoint));

            assertThat(sender.send(Endpoints.with(endpoint, showing(ANOTHERS)))).isInstanceOf(Broken.class);
            assertThat(sender.send(Endpoints.with(endpoint, Tls.USUAL))).isInstanceOf(Broken.class);
            assertThat(sender.ownClients()).isEqualTo(1);
            sender.changed(endpoint);
            assertThat(sender.ownClients()).isZero();
        }
    }

    @Test
    void theTokenEndpointIsCalledWithTheWebhooksCertificateToo() {
        try (var server = StubReceiver.tlsFor(MINE);
                var receiver = StubReceiver.tls()) {
            server.always(new StubReceiver.Answer(
                    200, Map.of(), "{\"access_token\": \"t1\"}".getBytes(StandardCharsets.UTF_8)));
            var oauth2 =
                    new OAuth2(URI.create(server.url("/token")), new Client("tidings", "secret", false), null, null);
            Endpoint endpoint = Endpoints.with(receiver.url("/"), oauth2);

            assertThat(sender.send(endpoint))
                    .isInstanceOfSatisfying(
                            Broken.class, broken -> assertThat(broken.fault()).isEqualTo(Fault.TOKEN));
            assertDelivered(sender.send(Endpoints.with(endpoint, showing(MINE))));
            assertThat(receiver.requests()).hasSize(1);
        }
    }
}
