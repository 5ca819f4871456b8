package dev.tidings.process;

import static dev.tidings.process.Platform.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import dev.tidings.testing.StubReceiver.Request;
import dev.tidings.testing.TestCertificate;
import io.restassured.path.json.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rolling upgrade from the version before, and the way back, under load: the schema is migrated beneath the old node, then
 * old and new serve one database side by side. What was accepted by either arrives, once, and is right.
 */
class UpgradeIT {
    private static final String HOOKS = "/v1/feedback-webhooks";
    private static final String SECRET = "whsec_" + "A".repeat(32);
    private static final Reaction UNAVAILABLE = Answer.of(503);
    /** So slow that much waits in memory. */
    private static final Reaction SLOW = new Reaction.Late(Duration.ofMillis(300), Answer.of(200));

    /** A node, and which requests are its version's. */
    private record Side(TidingsProcess node, Predicate<Request> sent) {}

    private final Platform platform = new Platform();
    private final StubReceiver receiver = StubReceiver.tls();
    private final SteadyLoad load = new SteadyLoad(platform);
    private final AtomicInteger steps = new AtomicInteger();
    private final String database = Postgres.newDatabase();
    private final DeliveryRows rows = new DeliveryRows(Postgres.source(database));
    private final String[] settings = {
        "quarkus.profile=dev",
        "quarkus.log.category.\"dev.tidings.attempt\".level=WARN",
        "tidings.egress.ca-certificates=" + TestCertificate.pem(),
        "tidings.dispatch.retry-delays=2s",
        "tidings.dispatch.breaker-delay=1s",
        "quarkus.datasource.reactive.url=" + database,
        "quarkus.datasource.username=postgres",
        "quarkus.datasource.password=postgres"
    };
    private String webhook = "";

    @BeforeAll
    static void build() throws Exception {
        PreviousVersion.build();
    }

    /** No longer than a signature's timestamp is believed. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void upAndBackNothingIsLostAndNothingIsSentTwice(@TempDir(cleanup = ON_SUCCESS) Path folder) throws Exception {
        try (receiver;
                load) {
            Side old = startPrevious(folder);
            configure(old);
            load.start();
            load.awaitMore();
            answersAllQuestions(old);

            migrateBeneath(folder);
            answersAllQuestions(old);
            Side next = start(folder);
            sideBySide(old, next);
            handOver(old, next);

            // As the manifests have it: the version before would miss the migrations that it does not know.
            Side back = startPrevious(folder, "quarkus.flyway.migrate-at-start=false");
            sideBySide(back, next);
            handOver(next, back);
            int posted = load.end();

            everythingArrivedOnce();
            everythingIsRight();
            counted(back);
            migrateFurther();
            Side again = start(folder);
            counted(again);
            answersAllQuestions(again);
            System.out.printf(
                    "posted %d, accepted %d, arrived %d, requests %d%n",
                    posted,
                    platform.accepted().size(),
                    arrived(receiver).size(),
                    receiver.requests().size());
        }
    }

    private Side startPrevious(Path folder, String... more) {
        String[] all = Stream.of(settings, more).flatMap(Stream::of).toArray(String[]::new);
        return new Side(posted(PreviousVersion.start(folder, all)), UpgradeIT::isOfPrevious);
    }

    private Side start(Path folder) {
        TidingsProcess node = new TidingsProcess(folder, settings).awaitReady();
        return new Side(posted(node), request -> !isOfPrevious(request));
    }

    private static boolean isOfPrevious(Request request) {
        return request.header("user-agent").equals(PreviousVersion.AGENT);
    }

    /** The load goes to it from now on. */
    private TidingsProcess posted(TidingsProcess node) {
        load.nodes().add(node);
        return node;
    }

    private void configure(Side side) throws Exception {
        webhook = JsonPath.from(answer(201, side, "POST", HOOKS, webhook("first", "")))
                .getString("id");
        Platform.enable(side.node(), true);
    }

    private String webhook(String step, String more) {
        return """
                {"name": "n", "channels": ["email"], "url": "%s", "headers": [{"name": "x-step", "value": "%s"}],
                 "signing": {"type": "hmac-sha256", "secret": "%s"}%s}""".formatted(receiver.url("/"), step, SECRET, more);
    }

    /** As the operations guide says: the new version's command, while the old node serves. */
    private void migrateBeneath(Path folder) throws Exception {
        long before = schema();
        try (var migrate = TidingsProcess.running("migrate", folder, settings)) {
            assertThat(migrate.awaitExit()).as(migrate.log()).isZero();
        }
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            long newest = migrations
                    .mapToLong(
                            file -> Long.parseLong(file.getFileName().toString().substring(1, 4)))
                    .max()
                    .orElseThrow();
            assertThat(schema()).isEqualTo(newest).isGreaterThan(before);
        }
        load.awaitMore();
        assertThat(platform.refused()).as("no downtime").isEmpty();
    }

    /** As a version after this one will: this one starts on its schema too. */
    private void migrateFurther() {
        rows.execute("""
                INSERT INTO flyway_schema_history
                SELECT max(installed_rank) + 1, '999', 'later', 'SQL', 'V999__later.sql', 0, 'a test', now(), 1, true
                  FROM flyway_schema_history
                """);
    }

    private long schema() {
        return rows.count("SELECT max(version::bigint) FROM flyway_schema_history WHERE success");
    }

    /** Both send what they accept, and each hears of what is changed on the other. */
    private void sideBySide(Side old, Side next) throws Exception {
        int refused = platform.refused().size();
        change(next, ", \"sendTraceparent\": true", old, next);
        change(old, "", old, next);
        assertThat(answer(200, next, "GET", HOOKS + "/" + webhook, ""))
                .as("what the old version does not know stays")
                .contains("\"sendTraceparent\":true");

        Platform.enable(old.node(), false);
        awaitAnswer(next, "skipped");
        Platform.enable(next.node(), true);
        awaitAnswer(old, "accepted");

        answer(200, old, "POST", HOOKS + "/" + webhook + "/pause", "{}");
        load.awaitMore();
        answer(200, next, "POST", HOOKS + "/" + webhook + "/resume", "{}");
        awaitRequests(1, 0, old.sent());
        awaitRequests(1, 0, next.sent());

        answersAllQuestions(old);
        answersAllQuestions(next);
        assertThat(platform.refused()).hasSize(refused);
    }

    /** Changes the webhook's header on one side, until both send it. */
    private void change(Side on, String more, Side... sides) throws Exception {
        String step = "step-" + steps.incrementAndGet();
        answer(200, on, "PUT", HOOKS + "/" + webhook, webhook(step, more));
        for (Side side : sides) {
            awaitRequests(1, 0, side.sent().and(request -> step.equals(request.header("x-step"))));
        }
    }

    private void awaitAnswer(Side side, String status) {
        await().until(() -> platform.post(side.node(), Stream.of("step-" + steps.incrementAndGet()))
                .contains("\"status\":\"" + status + "\""));
    }

    /** Ends a node that has much in memory and much to be retried: the other sends it. */
    private void handOver(Side leaving, Side heir) throws Exception {
        Set<String> left = IntStream.range(0, 400)
                .mapToObj(i -> "left-" + steps.get() + "-" + i)
                .collect(Collectors.toSet());
        receiver.always(SLOW);
        platform.post(leaving.node(), left.stream());
        int sent = receiver.requests().size();
        receiver.always(UNAVAILABLE);
        awaitRequests(10, sent, leaving.sent());

        assertThat(leaving.node().terminate()).isIn(0, 143);
        load.nodes().remove(leaving.node());
        receiver.always(Answer.of(200));
        assertThat(leaving.node().log()).contains("Drained").doesNotContain("Not drained", " ERROR ");

        awaitRequests(1, sent, heir.sent().and(request -> left.contains(request.header("webhook-id"))));
        Set<String> tried = receiver.requests().stream()
                .filter(leaving.sent()
                        .and(request -> request.header("webhook-attempt").equals("1")))
                .map(request -> request.header("webhook-id"))
                .collect(Collectors.toSet());
        awaitRequests(1, sent, heir.sent().and(request -> tried.contains(request.header("webhook-id"))));
        load.awaitMore();
    }

    private void awaitRequests(int count, int after, Predicate<Request> which) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        receiver.requests().stream().skip(after).filter(which).count() >= count);
    }

    /** Also about what the other version wrote. */
    private void answersAllQuestions(Side side) throws Exception {
        for (String path :
                List.of(HOOKS, "/v1/campaigns", "/v1/deliveries?state=retrying", "/v1/statistics", "/v1/replays")) {
            answer(200, side, "GET", path, "");
        }
        List<String> delivered = await().until(
                        () -> JsonPath.from(answer(200, side, "GET", "/v1/deliveries?state=delivered", ""))
                                .getList("items.id"),
                        items -> !items.isEmpty());
        for (String id : delivered) {
            assertThat(answer(200, side, "GET", "/v1/deliveries/" + id, "")).contains("\"statusCode\":200");
        }
        assertThat(side.node().log()).doesNotContain(" ERROR ");
    }

    private void everythingArrivedOnce() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(arrived(receiver))
                        .as("what was accepted and did not arrive")
                        .containsAll(platform.accepted()));
        await().untilAsserted(() ->
                assertThat(rows.count("SELECT count(*) FROM queue")).isZero());
        List<Request> requests = receiver.requests();
        assertThat(requests.stream()
                        .map(request -> request.header("webhook-id") + " " + request.header("webhook-attempt")))
                .as("nothing twice")
                .doesNotHaveDuplicates();
        assertThat(rows.count("SELECT count(*) FROM attempt")).isEqualTo(requests.size());
        assertThat(rows.count("SELECT count(*) FROM attempt WHERE outcome = 'delivered'"))
                .isEqualTo(arrived(receiver).size());
    }

    private void everythingIsRight() throws Exception {
        String body = new ObjectMapper()
                .readTree(Path.of("src/docs/samples/email-bounce.json").toFile())
                .toString();
        var signature = new Webhook(SECRET);
        for (Request request : receiver.requests()) {
            assertThat(request.body()).isEqualTo(body);
            Map<String, List<String>> headers = Stream.of("webhook-id", "webhook-timestamp", "webhook-signature")
                    .collect(Collectors.toMap(name -> name, name -> List.of(request.header(name))));
            assertThatCode(() -> signature.verify(body, headers)).doesNotThrowAnyException();
        }
    }

    private void counted(Side side) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(JsonPath.from(answer(200, side, "GET", "/v1/statistics", ""))
                                .getLong("states.delivered"))
                        .isEqualTo(arrived(receiver).size()));
    }

    private static String answer(int status, Side side, String method, String path, String body) throws Exception {
        var answer = side.node().send(method, path, body);
        assertThat(answer.statusCode())
                .as(() -> method + " " + path + ": " + answer.body() + "\n"
                        + side.node().log())
                .isEqualTo(status);
        return answer.body();
    }
}
