package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.Settings;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import dev.tidings.testing.TestCertificate;
import dev.tidings.webhook.Authentication.Client;
import dev.tidings.webhook.Authentication.OAuth2;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookChanged;
import dev.tidings.webhook.WebhookConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFetcherTest {
    private static final String SECRET = "client-secret-kept:from everybody";

    private Instant now = TestSender.NOW;
    private final Vertx vertx = Vertx.vertx();
    private final EgressConfig settings = EgressSettings.forTests();
    private final AddressGuard guard = new AddressGuard(settings, () -> now, vertx);
    private final StubReceiver server = StubReceiver.tls();
    private final TokenFetcher fetcher = fetcher(Duration.ofSeconds(5));

    private TokenFetcher fetcher(Duration patience) {
        var gate = new Gate(guard, settings, Settings.of(WebhookConfig.class, "loopback-allowed", "true"));
        return new TokenFetcher(
                new TokenCall(gate, new Clients(vertx, settings), settings, patience, () -> now), () -> now);
    }

    @AfterEach
    void close() {
        server.close();
        guard.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Answer token(String token, String more) {
        return json(200, "{\"access_token\": \"" + token + "\", \"token_type\": \"bearer\"" + more + "}");
    }

    private static Answer json(int status, String body) {
        return new Answer(status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    private Endpoint endpoint(boolean inBody, @Nullable String scope, @Nullable String audience) {
        return endpoint(server.url("/token"), inBody, scope, audience);
    }

    private static Endpoint endpoint(String url, boolean inBody, @Nullable String scope, @Nullable String audience) {
        return Endpoints.with(
                "https://hooks.example.com/",
                new OAuth2(URI.create(url), new Client("tidings", SECRET, inBody), scope, audience));
    }

    private CompletableFuture<String> begin(Endpoint endpoint) {
        return fetcher.token(endpoint, (OAuth2) endpoint.authentication())
                .subscribeAsCompletionStage()
                .orTimeout(20, TimeUnit.SECONDS);
    }

    private String fetch(Endpoint endpoint) {
        return begin(endpoint).join();
    }

    private Broken failure(Endpoint endpoint) {
        var thrown = catchThrowable(() -> fetch(endpoint));
        assertThat(thrown).isInstanceOf(CompletionException.class);
        return broken(thrown).result();
    }

    private static BrokenException broken(Throwable thrown) {
        return (BrokenException) Objects.requireNonNull(thrown.getCause());
    }

    @Test
    void theClientIsNamedInAHeaderAndTheFormSaysWhatIsAskedFor() {
        server.always(token("t1", ", \"expires_in\": 3600"));

        assertThat(fetch(endpoint(false, "events.write more", "https://hooks.example.com")))
                .isEqualTo("t1");

        var request = server.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        // user:password, each encoded as a form's field before (RFC 6749, 2.3.1).
        assertThat(request.header("authorization"))
                .isEqualTo(BasicCredentials.of("tidings:client-secret-kept%3Afrom+everybody"));
        assertThat(request.body())
                .isEqualTo("grant_type=client_credentials&scope=events.write+more"
                        + "&audience=https%3A%2F%2Fhooks.example.com");
    }

    @Test
    void theClientIsNamedInTheFormWhereTheServerWantsThat() {
        server.always(token("t1", ""));

        fetch(endpoint(true, null, null));

        assertThat(server.requests().getFirst().headers()).doesNotContainKey("Authorization");
        assertThat(server.requests().getFirst().body())
                .isEqualTo("grant_type=client_credentials&client_id=tidings"
                        + "&client_secret=client-secret-kept%3Afrom+everybody");
    }

    @Test
    void aTokenIsKeptUntilShortlyBeforeItsEnd() {
        server.then(token("t1", ", \"expires_in\": \"300\"")).then(token("t2", ", \"expires_in\": 300"));
        Endpoint endpoint = endpoint(false, null, null);

        assertThat(fetch(endpoint)).isEqualTo("t1");
        now = now.plusSeconds(269);
        assertThat(fetch(endpoint)).isEqualTo("t1");
        now = now.plusSeconds(1);
        assertThat(fetch(endpoint)).isEqualTo("t2");
    }

    @Test
    void aTokenWithoutAnEndIsKeptForFiveMinutesAtMost() {
        server.then(token("t1", "")).then(token("t2", ""));
        Endpoint endpoint = endpoint(false, null, null);

        fetch(endpoint);
        now = now.plusSeconds(300);

        assertThat(fetch(endpoint)).isEqualTo("t2");
    }

    @Test
    void oneFetchIsUnderWayForAWebhookHoweverManyAsk() {
        server.always(token("t1", ", \"expires_in\": 3600"));
        Endpoint endpoint = endpoint(false, null, null);

        var tokens = new HashSet<String>();
        IntStream.range(0, 300).mapToObj(i -> begin(endpoint)).toList().forEach(token -> tokens.add(token.join()));

        assertThat(tokens).containsExactly("t1");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRefusedTokenIsFetchedAnewOnceForAllWhoWereRefused() {
        server.then(token("t1", ", \"expires_in\": 3600")).then(token("t2", ", \"expires_in\": 3600"));
        Endpoint endpoint = endpoint(false, null, null);
        fetch(endpoint);

        fetcher.refused(endpoint, "t1");
        assertThat(fetch(endpoint)).isEqualTo("t2");
        // The 401 of another attempt that had carried the old one.
        fetcher.refused(endpoint, "t1");

        assertThat(fetch(endpoint)).isEqualTo("t2");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aChangedWebhookNeverMeetsAnOldToken() {
        server.then(token("t1", ", \"expires_in\": 3600")).then(token("t2", ""));
        Endpoint endpoint = endpoint(false, null, null);
        fetch(endpoint);

        assertThat(fetch(Endpoints.changed(endpoint))).isEqualTo("t2");
        fetcher.forget(new WebhookChanged(endpoint.id()));
        assertThat(fetcher.kept()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"error\": \"invalid_client\", \"error_description\": \"no client-secret-kept\"}"
                        + " | it answered 401 (invalid_client)",
                "400 | {\"error\": \"<b>client-secret-kept</b>\"} | it answered 400",
                "503 | down | it answered 503",
                "302 | | it answered 302",
                "200 | <html> | it answered 200, but with no bearer token in JSON",
                "200 | {} | it answered 200, but with no bearer token in JSON",
                "200 | {\"access_token\": \"a b\"} | it answered 200, but with no bearer token in JSON",
                "200 | {\"access_token\": {}} | it answered 200, but with no bearer token in JSON",
                "200 | {\"access_token\": \"t\", \"token_type\": \"mac\"} | but with no bearer token in JSON",
            })
    void aRefusalNamesTheServerAndItsReasonAndNothingElse(int status, @Nullable String body, String reason) {
        server.always(json(status, body == null ? "" : body));

        Broken broken = failure(endpoint(false, null, null));

        assertThat(broken.fault()).isEqualTo(Fault.TOKEN);
        assertThat(broken.error())
                .startsWith("No access token from localhost:" + server.port() + ", and so the receiver was not asked: ")
                .endsWith(reason)
                .doesNotContain("client-secret-kept");
    }

    @Test
    void aServerThatIsDownIsAskedOnceASecondAndNotByEveryDelivery() {
        server.then(Answer.of(500)).then(token("t1", ""));
        Endpoint endpoint = endpoint(false, null, null);

        failure(endpoint);
        now = now.plusMillis(999);
        failure(endpoint);
        assertThat(server.requests()).hasSize(1);
        now = now.plusMillis(1);
        assertThat(fetch(endpoint)).isEqualTo("t1");
    }

    @Test
    void theTokenEndpointPassesTheSameGateAsAReceiver() {
        assertThat(failure(endpoint("https://10.0.0.1/", false, null, null)).error())
                .contains("10.0.0.1 leads to 10.0.0.1, which is not a public address: not called");
        assertThat(failure(endpoint("https://169.254.169.254/token", false, null, null))
                        .fault())
                .isEqualTo(Fault.TOKEN);
        try (var unknown = StubReceiver.tls(TestCertificate.SELF_SIGNED)) {
            assertThat(failure(endpoint(unknown.url("/"), false, null, null)).error())
                    .contains("the certificate of localhost is not trusted");
            assertThat(unknown.requests()).isEmpty();
        }
    }

    @Test
    void aServerThatHangsDripsOrPoursIsLeftInTime() {
        TokenFetcher impatient = fetcher(Duration.ofMillis(300));
        for (Reaction bad :
                List.of(new Reaction.Hang(), new Reaction.Drip(Duration.ofMillis(50)), new Reaction.Pour(200))) {
            server.always(bad);
            Endpoint endpoint = endpoint(false, null, null);

            var thrown = catchThrowable(() -> impatient
                    .token(endpoint, (OAuth2) endpoint.authentication())
                    .subscribeAsCompletionStage()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join());

            assertThat(broken(thrown).result().error())
                    .as(bad.toString())
                    .matches(".*: (no whole answer within 300 ms|it answered 200, but with no bearer token in JSON)");
        }
    }
}
