package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.SkipReason;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryFilter.Correlation;
import dev.tidings.queue.DeliveryFilter.Period;
import dev.tidings.queue.DeliveryState.Kind;
import dev.tidings.queue.Replay.Count;
import dev.tidings.queue.Replay.State;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps of nodes whose clock is years ahead: for the application, which runs too, none of these replays is due. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class ReplayStepTest {
    private static final Instant BEGIN = NOON.plus(Duration.ofDays(3_000));
    private static final Correlation ANY = new Correlation(null, null, null);

    @Inject
    Pool pool;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final InstantSource clock = now::get;
    private DeliveryRows rows;
    private ReplayStore store;
    private ReplayStep node;
    private UUID webhook;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
        store = new ReplayStore(pool, clock);
        node = new ReplayStep(pool, clock);
        webhook = rows.pausedWebhook(tenant);
    }

    @AfterEach
    void leaveNothingForOtherTests() {
        rows.execute(
                "UPDATE replay SET state = 'cancelled', ended_at = now() WHERE ended_at IS NULL AND ims_org = ?",
                tenant.imsOrg());
    }

    @Test
    void queuesEachOnceAndTheirNumbersGoOn() {
        List<UUID> ids = failed(25);
        rows.delivered(event(100));
        Replay replay = begin(Kind.FAILED, 10);

        runToItsEnd(node);

        assertThat(find(replay.id())).satisfies(done -> {
            assertThat(done.state()).isEqualTo(State.COMPLETED);
            assertThat(done.progress()).isEqualTo(new Replay.Progress(new Count(25, true), 25, 0, 0, ids.getFirst()));
            assertThat(done.times().endedAt()).isNotNull();
        });
        assertThat(rows.count("""
                SELECT count(*)
                  FROM queue q
                  JOIN event e ON e.id = q.delivery_id
                 WHERE e.ims_org = ?
                   AND q.webhook_id = ?
                   AND q.attempts = 2
                   AND q.retries = 0
                   AND q.holder IS NULL
                   AND q.begun_at = q.due_at
                """, tenant.imsOrg(), webhook)).isEqualTo(25);
        assertThat(rows.count("SELECT count(*) FROM failed_delivery WHERE ims_org = ?", tenant.imsOrg()))
                .isZero();
    }

    @Test
    void passesOverWhatWasSkippedAndWhatIsDueOrUnderWay() {
        rows.skipped(event(0), SkipReason.NO_WEBHOOK);
        rows.pending(event(1), NOON);
        long holder = rows.node();
        UUID held = rows.delivering(event(2), holder);
        UUID retrying = rows.retrying(event(3), BEGIN.plusSeconds(600), 2);
        UUID delivered = rows.delivered(event(4));
        Replay replay = begin(null, 100);

        runToItsEnd(node);

        assertThat(find(replay.id()).progress().replayed()).isEqualTo(2);
        assertThat(find(replay.id()).progress().neverSent()).isEqualTo(1);
        assertThat(find(replay.id()).progress().alreadyWaiting()).isEqualTo(2);
        assertThat(queued("holder = " + holder, held)).isOne();
        assertThat(queued("retries = 0 AND attempts = 2 AND due_at = begun_at", retrying))
                .as("brought forward, once")
                .isOne();
        assertThat(queued("holder IS NULL", delivered)).isOne();
    }

    @Test
    void whatIsAcceptedLaterIsNotAmongThem() {
        failed(3);
        Replay replay = begin(Kind.FAILED, 2);
        rows.failed(Event.plain(tenant, BEGIN.plusSeconds(1)), "no");

        runToItsEnd(node);

        assertThat(find(replay.id()).progress().replayed()).isEqualTo(3);
    }

    @Test
    void theRateHolds() {
        failed(60);
        Replay replay = begin(Kind.FAILED, 10);
        assertThat(steps(node)).as("at once").isZero();

        assertThat(after(Duration.ofSeconds(1), replay)).isEqualTo(10);
        assertThat(after(Duration.ZERO, replay)).as("used up").isEqualTo(10);
        assertThat(after(Duration.ofMillis(50), replay))
                .as("not enough for one")
                .isEqualTo(10);
        assertThat(after(Duration.ofMillis(50), replay)).isEqualTo(11);
        assertThat(after(Duration.ofMillis(900), replay)).isEqualTo(20);
        assertThat(after(Duration.ofHours(1), replay))
                .as("no burst after a standstill")
                .isEqualTo(30);
    }

    /** The rate is the replay's, not a node's. */
    @Test
    void theRateHoldsForManyNodesTogether() {
        failed(60);
        Replay replay = begin(Kind.FAILED, 10);
        now.updateAndGet(t -> t.plusSeconds(1));

        Uni.join()
                .all(IntStream.range(0, 4)
                        .mapToObj(i -> new ReplayStep(pool, clock).make())
                        .toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(find(replay.id()).progress().replayed()).isEqualTo(10);
    }

    @Test
    void aCancelledOneStopsAtOnce() {
        failed(30);
        Replay replay = begin(Kind.FAILED, 10);
        after(Duration.ofSeconds(1), replay);

        Replay cancelled = store.cancel(tenant, replay.id(), "ada").await().atMost(Duration.ofSeconds(10));

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(after(Duration.ofSeconds(1), replay)).isEqualTo(10);
        assertThat(rows.count("SELECT count(*) FROM failed_delivery WHERE ims_org = ?", tenant.imsOrg()))
                .isEqualTo(20);
    }

    /** The window between a step's first change and its commit: the node dies, another begins behind the cursor. */
    @Test
    void whatADyingNodeBeganIsAnothersToDo() throws SQLException {
        List<UUID> ids = failed(30);
        Replay replay = begin(Kind.FAILED, 10);
        after(Duration.ofSeconds(1), replay);
        ReplayStep other = new ReplayStep(pool, clock);
        now.updateAndGet(t -> t.plusSeconds(1));
        try (var obstacle = database.getConnection();
                var statement = obstacle.createStatement()) {
            obstacle.setAutoCommit(false);
            // The node is held up in the middle of its step, as by a delivery that is just being settled.
            statement.execute("INSERT INTO queue VALUES ('" + ids.get(15) + "', '" + webhook + "', now(), now())");
            var dying = node.make().subscribeAsCompletionStage();
            await().until(() -> rows.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND datname = current_database() AND query LIKE '%INSERT INTO queue%'")
                    == 1);

            assertThat(steps(other)).as("while the first is at it").isZero();
            rows.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND datname = current_database() AND query LIKE '%INSERT INTO queue%'");

            assertThatThrownBy(dying.toCompletableFuture()::join)
                    .hasMessageContaining(replay.id().toString());
            obstacle.rollback();
        }
        // The pool learns of its lost connection a moment after the step did.
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(find(replay.id()).progress().replayed()).isEqualTo(10));

        now.updateAndGet(t -> t.plusSeconds(10));
        runToItsEnd(other);

        assertThat(find(replay.id()).state()).isEqualTo(State.COMPLETED);
        assertThat(find(replay.id()).progress())
                .isEqualTo(new Replay.Progress(new Count(30, true), 30, 0, 0, ids.getFirst()));
        assertThat(rows.count(
                        "SELECT count(*) FROM state_change WHERE delivery_id = ANY (string_to_array(?, ',')::uuid[])",
                        String.join(",", ids.stream().map(UUID::toString).toList())))
                .as("what the statistics have not heard of yet")
                .isLessThanOrEqualTo(30);
    }

    @Test
    void nodesThatStepAtOnceReplayEachOnce() {
        failed(200);
        Replay replay = begin(Kind.FAILED, 100);
        List<ReplayStep> nodes =
                IntStream.range(0, 4).mapToObj(i -> new ReplayStep(pool, clock)).toList();

        for (int i = 0; i < 50 && find(replay.id()).state() != State.COMPLETED; i++) {
            now.updateAndGet(t -> t.plusMillis(200));
            Uni.join()
                    .all(nodes.stream().map(ReplayStep::make).toList())
                    .andFailFast()
                    .await()
                    .atMost(Duration.ofSeconds(10));
        }

        assertThat(find(replay.id()).progress().replayed()).isEqualTo(200);
        assertThat(nodes.stream().mapToLong(ReplayStep::replayed).sum()).isEqualTo(200);
    }

    @Test
    void withoutAWebhookItFailsAndSaysSo() {
        failed(30);
        Replay replay = begin(Kind.FAILED, 10);
        after(Duration.ofSeconds(1), replay);
        rows.execute("DELETE FROM webhook WHERE id = ?", webhook);

        runToItsEnd(node);

        assertThat(find(replay.id()).state()).isEqualTo(State.FAILED);
        assertThat(find(replay.id()).reason()).isEqualTo("The sandbox has no webhook any more");
        assertThat(find(replay.id()).progress().replayed()).isEqualTo(10);
    }

    @Test
    void oneThatBreaksOffAgainAndAgainFails() {
        failed(1);
        Replay replay = begin(Kind.FAILED, 10);
        rows.execute("CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'broken by the test'; END $$");
        rows.execute("CREATE TRIGGER break_off BEFORE INSERT ON queue FOR EACH ROW WHEN (NEW.webhook_id = '" + webhook
                + "') EXECUTE FUNCTION break_off()");
        try {
            for (int i = 0; i < 20; i++) {
                now.updateAndGet(t -> t.plusSeconds(10));
                assertThatThrownBy(() -> node.make().await().atMost(Duration.ofSeconds(10)))
                        .hasMessageContaining(replay.id().toString());
            }
        } finally {
            rows.execute("DROP TRIGGER break_off ON queue");
            rows.execute("DROP FUNCTION break_off");
        }

        assertThat(find(replay.id()).state()).isEqualTo(State.FAILED);
        assertThat(find(replay.id()).reason()).contains("again and again");
    }

    @Test
    void aCountStopsAtItsBound() {
        failed(3);

        assertThat(store.count(tenant, filter(Kind.FAILED)).await().atMost(Duration.ofSeconds(10)))
                .isEqualTo(new Count(3, true));
        assertThat(store.count(newTenant(), filter(Kind.FAILED)).await().atMost(Duration.ofSeconds(10)))
                .isEqualTo(new Count(0, true));
        rows.execute(
                """
                INSERT INTO event
                SELECT (lpad(to_hex((extract(epoch FROM ?::timestamptz) * 1000)::bigint + n), 12, '0')
                        || '7000800000000000' || lpad(to_hex(n), 4, '0'))::uuid,
                       NULL, ?, 'prod', NULL, 'email', 'read', 'c', 'r', 'e', NULL, now(), 'STATUS_NOT_SENT', ''
                  FROM generate_series(1, 100001) AS n (n)
                """.replace("lpad(to_hex(n), 4, '0')", "lpad(to_hex(n % 65536), 4, '0')"),
                NOON.toString(),
                tenant.imsOrg());

        assertThat(store.count(tenant, filter(null)).await().atMost(Duration.ofSeconds(30)))
                .isEqualTo(new Count(100_000, false));
    }

    /** Each with two attempts; the oldest first. */
    private List<UUID> failed(int number) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            UUID id = rows.failed(event(i), "The endpoint answered 404");
            rows.attempt(id, 1, "retrying", 503, "The endpoint answered 503");
            rows.attempt(id, 2, "failed", 404, "The endpoint answered 404");
            ids.add(id);
        }
        return ids;
    }

    private Event event(int secondsAfterNoon) {
        return Event.plain(tenant, NOON.plusSeconds(secondsAfterNoon));
    }

    private static DeliveryFilter filter(@Nullable Kind state) {
        return new DeliveryFilter(state, null, null, ANY, new Period(null, BEGIN));
    }

    private Replay begin(@Nullable Kind state, int rate) {
        Count counted = store.count(tenant, filter(state)).await().atMost(Duration.ofSeconds(10));
        Replay replay = Replay.of(UuidV7.at(BEGIN), tenant, filter(state), rate, counted, now.get(), "a test");
        return store.create(replay).await().atMost(Duration.ofSeconds(10));
    }

    private Replay find(UUID id) {
        return store.find(tenant, id).await().atMost(Duration.ofSeconds(10));
    }

    /** How many are replayed when all steps are made that are due after that time. */
    private long after(Duration time, Replay replay) {
        now.updateAndGet(t -> t.plus(time));
        steps(node);
        return find(replay.id()).progress().replayed();
    }

    private static int steps(ReplayStep node) {
        int made = 0;
        while (node.make().await().atMost(Duration.ofSeconds(10))) {
            made++;
        }
        return made;
    }

    private void runToItsEnd(ReplayStep by) {
        for (int i = 0; i < 20; i++) {
            now.updateAndGet(t -> t.plusSeconds(1));
            steps(by);
        }
    }

    private long queued(String condition, UUID id) {
        return rows.count("SELECT count(*) FROM queue WHERE delivery_id = ? AND " + condition, id);
    }
}
