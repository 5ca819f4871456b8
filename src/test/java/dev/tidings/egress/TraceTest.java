package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.Trace;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.HeaderParameter;
import dev.tidings.webhook.Signing;
import dev.tidings.webhook.SigningKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What an attempt leaves behind for people: the way it went, and no secret. */
class TraceTest {
    private static final TestSender SENDER = TestSender.of(EgressSettings.forTests());

    @AfterAll
    static void close() {
        SENDER.close();
    }

    @Test
    void tellsTheConnectionAndWhetherItIsNew() {
        try (var receiver = StubReceiver.tls()) {
            Trace first = SENDER.trace(Endpoints.plain(receiver.url("/")));
            Trace second = SENDER.trace(Endpoints.plain(receiver.url("/")));

            assertThat(first.reused()).isFalse();
            assertThat(second.reused()).isTrue();
            assertThat(second.wire()).isEqualTo(first.wire());
            assertThat(first.wire().address()).isEqualTo("127.0.0.1");
            assertThat(first.wire().protocol()).isEqualTo("HTTP/2");
            assertThat(first.wire().tls()).isNotNull().satisfies(tls -> {
                assertThat(tls.protocol()).isEqualTo("TLSv1.3");
                assertThat(tls.cipher()).startsWith("TLS_");
                assertThat(tls.certificate()).isNotNull().satisfies(certificate -> {
                    assertThat(certificate.subject()).contains("CN=");
                    assertThat(certificate.expiresAt()).isAfter(TestSender.NOW);
                });
            });
            assertThat(first.timing().resolved()).isNotNegative();
            assertThat(first.timing().connected())
                    .isGreaterThanOrEqualTo(first.timing().resolved());
            assertThat(first.timing().answered())
                    .isGreaterThanOrEqualTo(first.timing().connected());
        }
    }

    @Test
    void withoutTlsThereIsNoneToTell() {
        try (var receiver = StubReceiver.plain()) {
            Trace trace = SENDER.trace(Endpoints.plain(receiver.url("/")));

            assertThat(trace.wire().tls()).isNull();
            assertThat(trace.wire().protocol()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void namesEveryHeaderThatWasSentAndMasksWhatIsSecret() {
        try (var receiver = StubReceiver.tls()) {
            var headers =
                    List.of(new HeaderParameter("X-Team", "crm"), new HeaderParameter("X-Api-Key", "hunter2", true));
            var signing = Signing.with(new SigningKey.HmacSha256("whsec_" + "QUJD".repeat(8)));
            Endpoint all =
                    Endpoints.of(receiver.url("/"), new Authentication.Basic("ada", "hunter3"), headers, signing);

            Trace trace = SENDER.trace(all);

            var shown = new HashMap<String, String>();
            trace.wire().request().custom().forEach(line -> shown.put(line.name(), line.value()));
            trace.wire().request().own().forEach(line -> shown.put(line.name(), line.value()));
            assertThat(shown)
                    .containsEntry("X-Team", "crm")
                    .containsEntry("X-Api-Key", null)
                    .containsEntry("Authorization", "Basic •••")
                    .containsEntry("webhook-signature", "v1,•••");
            assertThat(receiver.requests().getFirst().headers().keySet().stream()
                            .filter(name -> !List.of("Host", "Content-length").contains(name) && !name.startsWith(":")))
                    .as("all that arrived is told")
                    .allSatisfy(name -> assertThat(shown.keySet()).anyMatch(name::equalsIgnoreCase));
            assertThat(trace.wire().withoutCustomValues().toString()).doesNotContain("crm", "hunter2");
        }
    }

    @Test
    void keepsTheAnswersHeadersButNoCookieAndNotTooMany() {
        var headers = new HashMap<String, String>(Map.of("Retry-After", "60", "Set-Cookie", "session=hunter2"));
        IntStream.range(0, 100).forEach(i -> headers.put("x-many-" + i, "y".repeat(700)));
        try (var receiver = StubReceiver.tlsWithoutHttp2()) {
            receiver.always(new Answer(503, Map.of("Retry-After", "60", "Set-Cookie", "session=hunter2"), new byte[0]));
            assertThat(SENDER.trace(Endpoints.plain(receiver.url("/"))).answer())
                    .contains(new HeaderLine("retry-after", "60"), new HeaderLine("set-cookie", null));

            receiver.always(new Answer(503, headers, new byte[0]));
            List<HeaderLine> many =
                    SENDER.trace(Endpoints.plain(receiver.url("/"))).answer();
            assertThat(many).hasSizeLessThan(20);
            assertThat(length(many)).isLessThanOrEqualTo(4_000);
        }
    }

    @Test
    void anAttemptThatBreaksTellsHowFarItCame() {
        Trace nowhere = SENDER.trace(Endpoints.plain("https://nowhere.invalid/"));
        Trace closed = SENDER.trace(Endpoints.plain("https://localhost:1/"));

        assertThat(nowhere.wire().address()).isNull();
        assertThat(nowhere.timing()).isEqualTo(new Trace.Timing(null, null, null));
        assertThat(closed.wire().address()).isEqualTo("127.0.0.1");
        assertThat(closed.timing().resolved()).isNotNull();
        assertThat(closed.timing().connected()).isNull();
        assertThat(closed.wire().request().url()).isEqualTo("https://localhost:1/");
    }

    private static int length(List<HeaderLine> lines) {
        return lines.stream()
                .mapToInt(line -> line.name().length()
                        + (line.value() == null ? 0 : line.value().length()))
                .sum();
    }
}
