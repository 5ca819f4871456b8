package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.testing.StubReceiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ways to write loopback, tried on a sender as in production, past the check of a webhook's URL: a receiver listens there,
 * and never hears of it.
 */
class AddressSpellingsTest {
    private static StubReceiver receiver = StubReceiver.tls();
    private static TestSender sender = TestSender.of(EgressSettings.forProduction());

    @BeforeAll
    static void start() {
        receiver.always(StubReceiver.Answer.of(200));
    }

    @AfterAll
    static void stop() {
        sender.close();
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "127.255.255.254",
                "127.1",
                "127.0.1",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0X7F000001",
                "0x7f.0x0.0x0.0x1",
                "0177.0.0.1",
                "0177.0.0.01",
                "127.0.0.01",
                "0x7f.1",
                "00000177.1",
                "127.000.000.001",
                "0.0.0.0",
                "0",
                "000.000.000.000",
                "0x0",
                "localhost",
                "LOCALHOST",
                "LocalHost",
                "localhost.",
                "127.0.0.1.",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[0000:0000:0000:0000:0000:0000:0000:0001]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::FFFF:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:7f00:0001]",
                "[::127.0.0.1]",
                "[::1%25lo]",
                "[fe80::1%25lo]",
                "[64:ff9b::127.0.0.1]",
                "[2002:7f00:1::]",
                "①②⑦.⓪.⓪.①",
                "１２７.０.０.１",
                "127。0。0。1",
                "%31%32%37.0.0.1",
                "127.0.0.1%00.example.com",
                "ｌocalhost",
                "127.0.0.1\\@hooks.example.com",
            })
    void loopbackIsNotReachedHoweverItIsWritten(String host) {
        refused("https://" + host + ":" + receiver.port() + "/");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com@127.0.0.1:PORT/",
        "https://hooks.example.com:443@127.0.0.1:PORT/",
        "https://127.0.0.1:PORT#@hooks.example.com/",
        "https://127.0.0.1:PORT?@hooks.example.com/",
        "https://[::1]:PORT/?u=hooks.example.com",
        "https:127.0.0.1:PORT/",
        "https:///127.0.0.1:PORT/",
        "https://127.0.0.1:PORT",
        "HTTPS://127.0.0.1:PORT/",
    })
    void norIsItReachedByTheRestOfAUrl(String url) {
        refused(url.replace("PORT", Integer.toString(receiver.port())));
    }

    private static void refused(String url) {
        try {
            assertThat(sender.send(url))
                    .isInstanceOfSatisfying(
                            Broken.class,
                            broken ->
                                    assertThat(broken.fault()).isIn(Fault.FORBIDDEN_ADDRESS, Fault.DNS, Fault.REQUEST));
        } catch (IllegalArgumentException e) {
            // Not even a URI: no webhook can hold it.
        }
        assertThat(receiver.connections()).isZero();
    }
}
