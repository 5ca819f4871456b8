package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.testing.ConnectProxy;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's way out. */
class EgressProxyTest {
    private static TestSender through(String address, String user) {
        return TestSender.of(EgressSettings.forTests(
                "connect-timeout", "1s", "proxy", address, "proxy-user", user, "proxy-password", user));
    }

    @Test
    void theTunnelLeadsToTheVettedAddressAndTlsGoesThroughIt() {
        try (var proxy = ConnectProxy.on(0, "tidings");
                var receiver = StubReceiver.tls(TestCertificate.ELSEWHERE);
                var sender = TestSender.knowingLoopbackOnly(EgressSettings.forTests(
                        "proxy", proxy.address(), "proxy-user", "tidings", "proxy-password", "tidings"))) {
            String url = receiver.url("/").replace("localhost", "elsewhere.example");

            assertThat(sender.answered(url).statusCode()).isEqualTo(200);
            assertThat(sender.answered(url).statusCode()).isEqualTo(200);

            assertThat(proxy.targets()).containsExactly("127.0.0.1:" + receiver.port());
            assertThat(receiver.requests().getFirst().header("proxy-authorization"))
                    .isNull();
        }
    }

    @Test
    void throughAProxyTooNobodyForbiddenIsCalled() {
        try (var proxy = ConnectProxy.on(0, "tidings");
                var sender = TestSender.of(EgressSettings.forProduction(
                        "proxy", proxy.address(), "proxy-user", "tidings", "proxy-password", "tidings"))) {
            assertThat(sender.broken("https://localhost:9/").fault()).isEqualTo(Fault.FORBIDDEN_ADDRESS);
            assertThat(proxy.targets()).isEmpty();
        }
    }

    @Test
    void whatIsNotTlsStaysOnLoopback() {
        try (var proxy = ConnectProxy.on(0, "tidings");
                var receiver = StubReceiver.plain();
                var sender = through(proxy.address(), "tidings")) {
            assertThat(sender.answered(receiver.url("/")).statusCode()).isEqualTo(200);
            assertThat(proxy.targets()).isEmpty();
        }
    }

    @Test
    void aProxyThatIsNotThereIsItsOwnFault() throws IOException {
        int port;
        try (var closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        try (var sender = through("localhost:" + port, "tidings")) {
            assertThat(sender.broken("https://localhost:9/"))
                    .isEqualTo(new Broken(
                            Fault.PROXY, "The egress proxy localhost:" + port + " can't be used: Connection refused"));
        }
    }

    @Test
    void aProxyThatAsksForOtherCredentialsIsItsOwnFault() {
        try (var proxy = ConnectProxy.on(0, "somebody");
                var sender = through(proxy.address(), "tidings")) {
            assertThat(sender.broken("https://localhost:9/"))
                    .isEqualTo(new Broken(
                            Fault.PROXY,
                            "The egress proxy " + proxy.address()
                                    + " can't be used: it asks for other credentials (407)"));
        }
    }

    @Test
    void aReceiverThatTheProxyDoesNotReachIsNotTheProxysFault() throws IOException {
        int port;
        try (var closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        try (var proxy = ConnectProxy.on(0, "tidings");
                var sender = through(proxy.address(), "tidings")) {
            String target = "localhost:" + port;
            assertThat(sender.broken("https://" + target + "/"))
                    .isEqualTo(new Broken(
                            Fault.CONNECT, "No connection to " + target + ": the egress proxy answered 502"));

            proxy.answers(-1);
            assertThat(sender.broken("https://" + target + "/"))
                    .isEqualTo(new Broken(
                            Fault.CONNECT,
                            "No connection to " + target + ": the egress proxy did not answer within 1 s"));
        }
    }

    @Test
    void aCertificateIsCheckedThroughTheTunnel() {
        try (var proxy = ConnectProxy.on(0, "tidings");
                var receiver = StubReceiver.tls(TestCertificate.SELF_SIGNED);
                var sender = through(proxy.address(), "tidings")) {
            assertThat(sender.broken(receiver.url("/")).fault()).isEqualTo(Fault.TLS);
        }
    }

    @Test
    void anAnswerOfTheReceiverComesThrough() {
        try (var proxy = ConnectProxy.on(0, "tidings");
                var receiver = StubReceiver.tlsWithoutHttp2();
                var sender = through(proxy.address(), "tidings")) {
            receiver.then(StubReceiver.Answer.of(502));

            assertThat(sender.send(receiver.url("/"))).isEqualTo(new Answered(502, "", null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "proxy:", "proxy:0", "proxy:70000", "http://proxy:3128", "user@proxy:1", "a b:1"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> HostPort.of(text)).hasMessage("must be host:port, is " + text);
    }

    @Test
    void anAddressOfVersion6HasItsBrackets() {
        assertThat(HostPort.of("[2001:db8::1]:3128")).hasToString("[2001:db8::1]:3128");
        assertThat(HostPort.of("[2001:db8::1]:3128").host()).isEqualTo("2001:db8::1");
    }
}
