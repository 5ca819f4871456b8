package dev.tidings.egress;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver may answer, and what the sender makes of it; over real sockets. */
class AnswersTest {
    private static final TestSender SENDER = TestSender.of(EgressSettings.forTests());

    @AfterAll
    static void close() {
        SENDER.close();
    }

    static Stream<Arguments> receivers() {
        return Stream.<Map.Entry<String, Supplier<StubReceiver>>>of(
                        Map.entry("HTTP/2", StubReceiver::tls),
                        Map.entry("HTTP/1.1", StubReceiver::tlsWithoutHttp2),
                        Map.entry("no TLS", StubReceiver::plain))
                .map(kind -> Arguments.of(kind.getKey(), kind.getValue()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 301, 302, 307, 400, 401, 404, 410, 429, 500, 503, 599})
    void anAnswerIsAValueAndNoRedirectIsFollowed(int status) {
        try (var receiver = StubReceiver.tls()) {
            receiver.then(new Answer(status, Map.of("location", receiver.url("/elsewhere")), new byte[0]));

            assertThat(SENDER.send(receiver.url("/"))).isEqualTo(new Answered(status, "", null));
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 999, 99999})
    void aStatusThatHttpDoesNotHaveIsNoAnswer(int status) {
        try (var receiver = StubReceiver.plain()) {
            receiver.then(Answer.of(status));

            assertThat(SENDER.broken(receiver.url("/")).fault()).isEqualTo(Fault.PROTOCOL);
        }
    }

    @Test
    void retryAfterIsReadAsSecondsAndAsADate() {
        try (var receiver = StubReceiver.tls()) {
            receiver.then(new Answer(429, Map.of("Retry-After", "120"), bytes("slow down")))
                    .then(new Answer(503, Map.of("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT"), new byte[0]));

            assertThat(SENDER.send(receiver.url("/"))).isEqualTo(new Answered(429, "slow down", Duration.ofMinutes(2)));
            assertThat(SENDER.answered(receiver.url("/")).retryAfter()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receivers")
    void ofALongAnswerLittleIsKept(String kind, Supplier<StubReceiver> kindOf) {
        try (var receiver = kindOf.get()) {
            receiver.then(new Answer(200, Map.of(), bytes("x".repeat(5_000_000))));

            assertThat(SENDER.send(receiver.url("/"))).isEqualTo(new Answered(200, "x".repeat(20_000), null));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receivers")
    void ofAnEndlessAnswerTheStatusCountsAndNoMoreIsRead(String kind, Supplier<StubReceiver> kindOf) {
        try (var receiver = kindOf.get()) {
            receiver.then(new Reaction.Pour(202));

            assertThat(SENDER.send(receiver.url("/"))).isEqualTo(new Answered(202, "x".repeat(20_000), null));
            assertThat(SENDER.answered(receiver.url("/")).statusCode()).isEqualTo(200);
            if (!kind.equals("HTTP/2")) {
                // There one stream ends, and the connection goes on.
                assertThat(receiver.connections()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receivers")
    void whoHangsUpHasNotAnswered(String kind, Supplier<StubReceiver> kindOf) {
        try (var receiver = kindOf.get()) {
            receiver.then(new Reaction.HangUp());

            assertThat(SENDER.send(receiver.url("/")))
                    .asInstanceOf(type(Broken.class))
                    .returns(Fault.PROTOCOL, Broken::fault)
                    .extracting(Broken::error, as(org.assertj.core.api.InstanceOfAssertFactories.STRING))
                    .startsWith("The connection to localhost:" + receiver.port() + " ended before a whole answer came")
                    .doesNotContain("Exception", "io.", "java.");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receivers")
    void tenMegabytesOfHeadersAreNoAnswer(String kind, Supplier<StubReceiver> kindOf) {
        try (var receiver = kindOf.get()) {
            receiver.then(new Reaction.FillHeaders(10 * 1024 * 1024));

            assertThat(SENDER.broken(receiver.url("/")).fault()).isEqualTo(Fault.PROTOCOL);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receivers")
    void headersOfAGoodSizeAreFine(String kind, Supplier<StubReceiver> kindOf) {
        try (var receiver = kindOf.get()) {
            receiver.then(new Reaction.FillHeaders(48 * 1024));

            assertThat(SENDER.send(receiver.url("/"))).isEqualTo(new Answered(200, "", null));
        }
    }

    @Test
    void whatIsKeptOfABodyIsTextThatADatabaseTakes() {
        try (var receiver = StubReceiver.tls()) {
            receiver.then(new Answer(200, Map.of(), new byte[] {'a', 0, (byte) 0xff, 'b'}))
                    .then(new Answer(200, Map.of(), bytes("x" + "é".repeat(20_000))));

            assertThat(SENDER.answered(receiver.url("/")).body()).isEqualTo("a\uFFFDb");
            // The last é is cut in two at 20 kB: it goes.
            assertThat(SENDER.answered(receiver.url("/")).body()).isEqualTo("x" + "é".repeat(9_999));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
