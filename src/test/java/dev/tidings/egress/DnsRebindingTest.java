package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.testing.DnsServer;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A name server that changes its mind, asked over the wire. 127.0.0.1 stands for a public address here: the operator's
 * allowlist has it; 127.0.0.2, where the receiver listens too, stands for what is forbidden.
 */
class DnsRebindingTest {
    private final DnsServer names = new DnsServer();
    private final StubReceiver receiver =
            StubReceiver.tls(TestCertificate.ELSEWHERE).always(StubReceiver.Answer.of(200));
    private final String url = "https://elsewhere.example:" + receiver.port() + "/";

    private TestSender sender(String addressTtl) {
        return TestSender.of(EgressSettings.forTests(
                "loopback-allowed",
                "false",
                "name-server",
                names.address(),
                "allowed-networks",
                "127.0.0.1/32",
                "address-ttl",
                addressTtl));
    }

    @AfterEach
    void close() {
        receiver.close();
        names.close();
    }

    @Test
    void theAddressThatWasVettedIsTheOneThatIsConnectedTo() {
        names.then("127.0.0.1").then("127.0.0.2");

        try (var sender = sender("5s")) {
            assertThat(sender.send(url)).isInstanceOf(Answered.class);
            assertThat(sender.send(url)).as("within its time the answer holds").isInstanceOf(Answered.class);
        }
        assertThat(names.questions())
                .as("nobody asked a second time behind the guard")
                .isEqualTo(1);
    }

    @Test
    void aNameThatMovesIsVettedAgainAndRefused() {
        names.then("127.0.0.1").then("127.0.0.2").then("169.254.169.254").then("127.0.0.1");

        try (var sender = sender("0s")) {
            assertThat(sender.send(url)).isInstanceOf(Answered.class);
            assertThat(fault(sender.send(url)))
                    .as("although a connection to the old address is kept alive")
                    .isEqualTo(Fault.FORBIDDEN_ADDRESS);
            assertThat(fault(sender.send(url))).isEqualTo(Fault.FORBIDDEN_ADDRESS);
            assertThat(sender.send(url)).isInstanceOf(Answered.class);
        }
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void aGoodAddressDoesNotExcuseABadOne() {
        names.then("127.0.0.1", "127.0.0.2");

        try (var sender = sender("5s")) {
            assertThat(fault(sender.send(url))).isEqualTo(Fault.FORBIDDEN_ADDRESS);
        }
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void aBadAddressOfTheOtherFamilyIsEnough() {
        names.then("127.0.0.1", "::1");

        try (var sender = sender("5s")) {
            assertThat(fault(sender.send(url))).isEqualTo(Fault.FORBIDDEN_ADDRESS);
        }
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void aNameThatIsNotThereIsAFaultOfDns() {
        try (var sender = sender("5s")) {
            assertThat(fault(sender.send(url))).isEqualTo(Fault.DNS);
        }
    }

    private static Fault fault(SendResult result) {
        return ((Broken) result).fault();
    }
}
