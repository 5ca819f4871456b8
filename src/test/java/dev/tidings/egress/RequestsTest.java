package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Request;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Authentication.Algorithm;
import dev.tidings.webhook.Authentication.Carrier;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.HeaderParameter;
import dev.tidings.webhook.Signing;
import dev.tidings.webhook.SigningKey;
import dev.tidings.webhook.TokenKeys.Given;
import dev.tidings.webhook.TokenKeys.TokenKey;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver gets. */
class RequestsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static TestSender sender;

    private final StubReceiver receiver = StubReceiver.tls();

    @BeforeAll
    static void open() {
        sender = TestSender.of(EgressSettings.forTests());
    }

    @AfterAll
    static void close() {
        sender.close();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    private Request sent(Endpoint endpoint, Mode mode) {
        assertThat(sender.send(Endpoints.attempt(endpoint, mode))).isInstanceOf(Answered.class);
        return receiver.requests().getLast();
    }

    private Request sent(Endpoint endpoint) {
        return sent(endpoint, Mode.USUAL);
    }

    private static Set<String> names(Request request) {
        return request.headers().keySet().stream()
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itIsAPostOfThoseBytesOverHttp2() {
        Request request = sent(Endpoints.plain(receiver.url("/a%20b/c?d=e%26f&g")));

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/a%20b/c?d=e%26f&g");
        assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(request.bytes()).isEqualTo(Endpoints.BODY);
    }

    @Test
    void itCarriesTheDeliverysHeadersAndNoOthers() {
        Request request = sent(Endpoints.plain(receiver.url("/")));

        assertThat(names(request))
                .containsExactly(
                        "content-length",
                        "content-type",
                        "user-agent",
                        "webhook-attempt",
                        "webhook-id",
                        "webhook-timestamp");
        assertThat(request.header("content-type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(request.header("user-agent")).isEqualTo("Tidings/1.2.3");
        assertThat(request.header("webhook-attempt")).isEqualTo("3");
        assertThat(request.header("webhook-id")).isEqualTo("msg_1");
        assertThat(request.header("webhook-timestamp")).isEqualTo(Long.toString(TestSender.NOW.getEpochSecond()));
    }

    @Test
    void overHttp11TheHostIsNamedWithItsPort() {
        try (var old = StubReceiver.tlsWithoutHttp2()) {
            sender.send(old.url("/"));

            Request request = old.requests().getFirst();
            assertThat(request.version()).isEqualTo(HttpVersion.HTTP_1_1);
            assertThat(request.header("host")).isEqualTo("localhost:" + old.port());
            assertThat(names(request)).hasSize(7).contains("host").doesNotContain("connection", "upgrade");
        }
    }

    @Test
    void aTestEventSaysSo() {
        assertThat(sent(Endpoints.plain(receiver.url("/")), Mode.TEST).header("webhook-test"))
                .isEqualTo("true");
    }

    @Test
    void customHeadersAreSentAsTheyAreButNeverInPlaceOfOurs() {
        Request request = sent(Endpoints.with(
                receiver.url("/"),
                List.of(
                        new HeaderParameter("X-Team", "crm; a=\"b\""),
                        new HeaderParameter("X-Empty", ""),
                        new HeaderParameter("Webhook-Id", "forged"),
                        new HeaderParameter("Content-Type", "text/html"))));

        assertThat(request.header("x-team")).isEqualTo("crm; a=\"b\"");
        assertThat(request.header("x-empty")).isEmpty();
        assertThat(request.headers().get("webhook-id")).containsExactly("msg_1");
        assertThat(request.headers().get("content-type")).containsExactly("application/json; charset=UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\u000bb"})
    void aLineBreakInAHeadersValueNeverPasses(String value) {
        var endpoint = Endpoints.with(receiver.url("/"), List.of(new HeaderParameter("X-Team", value)));

        Broken broken = (Broken) sender.send(endpoint);

        assertThat(broken.fault()).isEqualTo(Fault.REQUEST);
        assertThat(broken.error()).contains("X-Team").doesNotContain("Evil");
        assertThat(receiver.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X Team", "X:Team", "X\r\nTeam", "", "X-Téam"})
    void aNameThatIsNoneNeverPasses(String name) {
        var endpoint = Endpoints.with(receiver.url("/"), List.of(new HeaderParameter(name, "a")));

        assertThat(((Broken) sender.send(endpoint)).fault()).isEqualTo(Fault.REQUEST);
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aSignedRequestIsVerifiedWithTheSecret() {
        Request request = sent(Endpoints.with(receiver.url("/"), Signing.with(new SigningKey.HmacSha256(SECRET))));

        assertThat(request.header("webhook-signature"))
                .isEqualTo(Signature.of(
                        List.of(new SigningKey.HmacSha256(SECRET)),
                        "msg_1",
                        Long.parseLong(request.header("webhook-timestamp")),
                        request.bytes()));
    }

    @Test
    void aSigningSecretThatIsNoneEndsTheAttempt() {
        var endpoint = Endpoints.with(receiver.url("/"), Signing.with(new SigningKey.HmacSha256("whsec_not Base64!")));

        assertThat(sender.send(endpoint))
                .isEqualTo(new Broken(Fault.REQUEST, "A signing key is not Base64: nothing was sent"));
    }

    @ParameterizedTest
    @CsvSource({"Authorization, 'Bearer '", "X-Token, ''"})
    void theTokenIsInTheHeaderThatIsConfigured(String header, String prefix) {
        Request request = sent(Endpoints.with(receiver.url("/"), jwt("s".repeat(32), header, prefix)));

        assertThat(request.header(header)).matches(prefix + "[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(names(request)).hasSize(7);
    }

    /** The examples of RFC 7617, 2 and 2.1. */
    @ParameterizedTest
    @CsvSource({"Aladdin, open sesame, QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "test, 123£, dGVzdDoxMjPCow=="})
    void basicCredentialsAreSentAsUtf8(String username, String password, String encoded) {
        Request request = sent(Endpoints.with(receiver.url("/"), new Authentication.Basic(username, password)));

        assertThat(request.header("authorization")).isEqualTo("Basic " + encoded);
    }

    @Test
    void aKeyThatDoesNotSignEndsTheAttemptWithoutShowingIt() {
        Broken broken = (Broken)
                sender.send(Endpoints.with(receiver.url("/"), jwt("too-short-and-secret", "Authorization", "Bearer ")));

        assertThat(broken.fault()).isEqualTo(Fault.REQUEST);
        assertThat(broken.error()).contains("token", "key").doesNotContain("too-short-and-secret");
    }

    @Test
    void afterA401AFreshTokenIsSent() {
        var endpoint = Endpoints.with(receiver.url("/"), jwt("s".repeat(32), "Authorization", "Bearer "));

        String first = sent(endpoint).header("authorization");
        String kept = sent(endpoint).header("authorization");
        String fresh = sent(endpoint, Mode.MINT_ANEW).header("authorization");

        assertThat(kept).isEqualTo(first);
        assertThat(fresh).isNotEqualTo(first);
        assertThat(sent(endpoint).header("authorization")).isEqualTo(fresh);
    }

    private static Authentication.Jwt jwt(String key, String header, String prefix) {
        return new Authentication.Jwt(
                new Given(new TokenKey(Algorithm.HS256, key, null)),
                Map.of("iss", "us"),
                Duration.ofMinutes(5),
                new Carrier(header, prefix),
                null);
    }
}
