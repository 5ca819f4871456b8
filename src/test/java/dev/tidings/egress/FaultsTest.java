package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;

/** The sentences that no receiver on loopback can bring about. */
class FaultsTest {
    private static final Target TARGET = Target.of(URI.create("https://hooks.example.com/"));

    private static Broken fault(Throwable failure) {
        return (Broken) Faults.of(failure, TARGET, EgressSettings.forTests());
    }

    @Test
    void limitsAreNamed() {
        assertThat(fault(new TimeoutException()))
                .isEqualTo(new Broken(Fault.TIMEOUT, "No whole answer from hooks.example.com:443 within 10 s"));
        assertThat(fault(new ConnectTimeoutException("connection timed out after 5000 ms: hooks/1.1.1.1:443")))
                .isEqualTo(new Broken(Fault.CONNECT, "No connection to hooks.example.com:443 within 5 s"));
    }

    @Test
    void aNetworkThatLeadsNowhereIsNoConnection() {
        assertThat(fault(new NoRouteToHostException("No route to host")))
                .isEqualTo(new Broken(Fault.CONNECT, "No connection to hooks.example.com:443: no route to host"));
        assertThat(fault(new SocketException("Network is unreachable")).fault()).isEqualTo(Fault.CONNECT);
        assertThat(fault(new SocketException("Connection reset")).fault()).isEqualTo(Fault.PROTOCOL);
    }

    @Test
    void aSentenceIsOneLineOfBoundedLength() {
        Broken broken = fault(new SSLHandshakeException("bad\r\n\0thing " + "x".repeat(2_000)));

        assertThat(broken.fault()).isEqualTo(Fault.TLS);
        assertThat(broken.error())
                .hasSize(500)
                .startsWith("The TLS handshake with hooks.example.com:443 failed: bad thing x");
    }

    @Test
    void theReasonIsTheInnermostOne() {
        assertThat(fault(new IOException("outer", new IOException("Broken pipe")))
                        .error())
                .endsWith("ended before a whole answer came: Broken pipe");
        assertThat(fault(new IOException()).error()).endsWith(": no reason was given");
    }

    @Test
    void whatIsNoneOfTheReceiversDoingSaysLittle() {
        assertThat(fault(new IllegalStateException("a secret of ours")))
                .isEqualTo(new Broken(Fault.REQUEST, "The request to hooks.example.com:443 could not be made"));
    }
}
