package dev.tidings.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.Requests;
import dev.tidings.web.Routes.Route;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: an answer that says whose fault it is, never a 5xx, and soon. */
@QuarkusTest
@TestProfile(HostileInputTest.Impatient.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class HostileInputTest {
    private static final int SPOILED_A_ROUTE = 60;
    private static final String JSON =
            "content-type: application/json\r\nx-gw-ims-org-id: hostile\r\nx-sandbox-name: prod\r\n";
    private static final String POST = "POST /v1/feedback-webhooks HTTP/1.1\r\nhost: localhost\r\n" + JSON;

    /** Slow bodies end after a second. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tidings.limits.request-timeout", "1s");
        }
    }

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    BeanManager beans;

    /** The same in each run, so that what was green stays green; {@code -Dseed=…} looks elsewhere, and a failure names it. */
    private final long seed = Long.getLong("seed", 20_261_124L);

    @Test
    void noSpoiledBodyIsOurFault() throws IOException {
        var hostile = new HostileBytes(seed);
        List<String> good = good();
        for (Route route : routes()) {
            for (int i = 0; i < SPOILED_A_ROUTE && !route.verb().equals("GET"); i++) {
                byte[] body = hostile.spoiled(good.get(i % good.size()));
                answers(route, route.path(), body);
            }
        }
    }

    @Test
    void noSpoiledAddressOrParameterIsOurFault() {
        var hostile = new HostileBytes(seed);
        List<String> names = List.of(
                "limit",
                "cursor",
                "from",
                "to",
                "state",
                "channel",
                "feedbackStatus",
                "campaignID",
                "requestId",
                "messageExecutionID",
                "interval",
                "enableWebhooks",
                "action",
                "who",
                "subject");
        for (Route route : routes()) {
            for (String name : names) {
                String word = URLEncoder.encode(cut(hostile.word()), StandardCharsets.UTF_8);
                answers(
                        route,
                        route.path().replace(Routes.ANY_ID, word) + "?" + name + "=" + word,
                        "{}".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void noSpoiledHeaderIsOurFault() throws IOException {
        var hostile = new HostileBytes(seed);
        for (int i = 0; i < 100; i++) {
            String word = cut(hostile.word()).replaceAll("[\\r\\n]", "x");
            String answer =
                    RawHttp.send(("GET /v1/feedback-webhooks HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
                            + "x-gw-ims-org-id: " + word + "\r\nx-sandbox-name: " + word + "\r\nif-match: " + word
                            + "\r\naccept: " + word + "\r\nauthorization: " + word + "\r\n\r\n"));
            assertThat(status(answer)).as("seed %d, %s", seed, word).isBetween(200, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 2\r\ncontent-length: 30\r\n\r\n{}",
                "content-length: 2, 30\r\n\r\n{}",
                "content-length: -2\r\n\r\n{}",
                "content-length: +2\r\n\r\n{}",
                "content-length: 0x2\r\n\r\n{}",
                "content-length: 99999999999999999999\r\n\r\n{}",
                "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "transfer-encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "content-length : 2\r\n\r\n{}",
                "x\u0000y: 1\r\ncontent-length: 2\r\n\r\n{}"
            })
    void aLengthThatCanBeReadInTwoWaysIsRefused(String rest) throws IOException {
        String answer =
                RawHttp.send(POST + rest + "GET /v1/feedback-webhooks HTTP/1.1\r\nhost: localhost\r\n" + JSON + "\r\n");

        if (!answer.isEmpty()) { // or the connection ended without a word
            assertThat(status(answer)).isBetween(400, 499);
        }
        assertThat(answer.split("HTTP/1\\.1 ", -1))
                .as("what follows is not taken for a request")
                .hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n", "-2\r\n{}\r\n", "fffffffff\r\n{}\r\n"})
    void aChunkWhoseSizeIsNoneIsTheCallersFaultAndNoNewsForTheLog(String chunk) throws IOException {
        var log = new ServersLog();
        Logger.getLogger("").addHandler(log);
        try {
            String answer = RawHttp.send(POST + "transfer-encoding: chunked\r\n\r\n" + chunk);
            assertThat(answer).as("the connection ends").doesNotContain("HTTP/1.1 5");
        } finally {
            Logger.getLogger("").removeHandler(log);
        }

        assertThat(log.lines).isEmpty();
    }

    /** What is logged about requests, to be read by people. */
    private static final class ServersLog extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord line) {
            boolean ofTheServer = line.getLoggerName().startsWith("dev.tidings.web")
                    || line.getLoggerName().startsWith("io.");
            if (ofTheServer && line.getLevel().intValue() >= Level.INFO.intValue()) {
                lines.add(line.getLoggerName() + ": " + line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void besideChunksALengthIsNotBelieved() throws IOException {
        String body = "{\"name\": 5}";
        String chunks = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";

        String answer = RawHttp.send(
                POST + "connection: close\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n" + chunks);

        assertThat(status(answer)).isBetween(400, 499);
        assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
        if (status(answer) == 422) {
            assertThat(answer).as("the chunks were read, to their end").contains("must be a string");
        }
    }

    @Test
    void thousandsOfHeadersAreRefused() throws IOException {
        StringBuilder many = new StringBuilder("GET /v1/feedback-webhooks HTTP/1.1\r\nhost: localhost\r\n" + JSON);
        for (int i = 0; i < 5_000; i++) {
            many.append("x-").append(i).append(": y\r\n");
        }

        assertThat(status(RawHttp.send(many + "\r\n"))).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/feedback-webhooks HTTP/1.1\r\nhost: localhost\r\nx-dripping:", "GE", "PRI * HT"})
    void aHeadThatDripsEndsWithItsTime(String begin) throws IOException {
        Duration took = RawHttp.drip(begin, Duration.ofMillis(100), Duration.ofSeconds(15));

        assertThat(took).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }

    @Test
    void theNextHeadOnAConnectionMayNotDripEither() throws IOException {
        String whole = "GET /v1/nothing-here HTTP/1.1\r\nhost: localhost\r\n\r\n";

        Duration took = RawHttp.drip(whole + "GET /", Duration.ofMillis(100), Duration.ofSeconds(15));

        assertThat(took).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }

    @Test
    void aConnectionThatIsOnlyKeptOutlivesTheTimeOfARequest() throws IOException {
        String request = "GET /v1/nothing-here HTTP/1.1\r\nhost: localhost\r\n\r\n";

        assertThat(RawHttp.twice(request, Duration.ofMillis(1_500)))
                .allSatisfy(answer -> assertThat(status(answer)).isEqualTo(404));
    }

    @Test
    void aBodyThatDripsEndsWithItsTime() throws IOException {
        Duration took =
                RawHttp.drip(POST + "content-length: 100000\r\n\r\n{", Duration.ofMillis(100), Duration.ofSeconds(15));

        assertThat(took).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }

    @Test
    void chunksThatDripEndWithTheirTimeToo() throws IOException {
        Duration took = RawHttp.drip(
                POST + "transfer-encoding: chunked\r\n\r\nFFFF\r\n{", Duration.ofMillis(100), Duration.ofSeconds(15));

        assertThat(took).isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }

    @Test
    void aCompressedBodyIsNotUnpacked() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                gzip.write(zeros);
            }
        }

        Response answer = Requests.as(Requests.newTenant())
                .header("content-encoding", "gzip")
                .body(packed.toByteArray())
                .post("/v1/feedback-events");

        assertThat(answer.statusCode()).isIn(400, 413, 415, 422);
    }

    private void answers(Route route, String path, byte[] body) {
        var request = Requests.as(Requests.newTenant()).urlEncodingEnabled(false);
        int status = (route.verb().equals("GET") ? request : request.body(body))
                .request(route.verb(), path)
                .statusCode();
        assertThat(status)
                .as("seed %d: %s %s with %s", seed, route.verb(), path, new String(body, StandardCharsets.UTF_8))
                .isBetween(200, 499);
    }

    /** Longer ones are refused before anybody reads them. */
    private static String cut(byte[] word) {
        String text = new String(word, StandardCharsets.UTF_8);
        return text.length() <= 300 ? text : text.substring(0, 300);
    }

    private static int status(String answer) {
        assertThat(answer).as("there is an answer").startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private List<Route> routes() {
        return Routes.all(beans).stream()
                .filter(route ->
                        route.path().startsWith("/v1/") && !route.path().startsWith("/v1/wrong"))
                .toList();
    }

    private static List<String> good() throws IOException {
        return List.of(
                Files.readString(Path.of("src/docs/samples/email-bounce.json")),
                Files.readString(Path.of("src/docs/samples/sms-delivered-v2.json")),
                """
                {"name": "n", "channels": ["email", "sms"], "url": "https://hooks.example.com/feedback", "payloadVersion": "1",
                 "authentication": {"type": "jwt", "algorithm": "HS256", "secret": "0123456789abcdef0123456789abcdef",
                  "claims": {"iss": "me", "n": 1.5e3}, "ttlSeconds": 300, "headerName": "Authorization"},
                 "headers": [{"name": "X-Team", "value": "crm", "secret": true}], "signing": {"type": "ed25519"}}
                """,
                "{\"name\": \"n\", \"category\": \"Transactional\", \"campaignType\": \"ApiTriggered\", \"enableWebhooks\": true}",
                "{\"filter\": {\"state\": \"failed\", \"from\": \"2026-03-01T12:00:00Z\"}, \"ratePerSecond\": 5, \"dryRun\": true}",
                "{\"address\": \"ada@example.com\"}");
    }
}
