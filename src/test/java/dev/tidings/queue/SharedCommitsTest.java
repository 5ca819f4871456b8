package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.EnqueueStatement.Placed;
import dev.tidings.queue.Settlement.Outcome;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Settings;
import dev.tidings.testing.Traces;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many callers, few commits; and whose fault a failure is. On a queue of its own, beside the application's. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class SharedCommitsTest {
    private static final int CALLERS = 200;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    Lease lease;

    @Inject
    DatabaseClock clock;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private final List<Integer> statements = new ArrayList<>();
    private DeliveryRows rows;
    private Entries entries;

    @BeforeEach
    void prepare() {
        rows = new DeliveryRows(database);
        entries = new Entries(tenant, rows.pausedWebhook(tenant));
    }

    private DeliveryQueue queue(int concurrentStatements) {
        return new DeliveryQueue(
                pool,
                lease,
                clock,
                vertx,
                Settings.of(QueueConfig.class, "concurrent-statements", Integer.toString(concurrentStatements)),
                List.of(this::ran));
    }

    private synchronized void ran(QueueListener.Step step, int size, Duration took, @Nullable Throwable failure) {
        statements.add(size);
    }

    @Test
    void concurrentRequestsShareTheirCommits() {
        DeliveryQueue queue = queue(2);

        var answers = all(IntStream.range(0, CALLERS)
                .mapToObj(i -> queue.enqueue(List.of(entries.plain())))
                .toList());

        assertThat(answers)
                .hasSize(CALLERS)
                .allSatisfy(fresh -> assertThat(fresh).hasSize(1));
        assertThat(recorded("true")).isEqualTo(CALLERS);
        assertThat(statements.stream().mapToInt(Integer::intValue).sum()).isEqualTo(CALLERS);
        assertThat(statements).hasSizeLessThan(CALLERS / 10);
        assertThat(rows.count("SELECT count(DISTINCT xmin::text) FROM event WHERE ims_org = ?", tenant.imsOrg()))
                .as("transactions")
                .isEqualTo(statements.size());
    }

    @Test
    void concurrentResultsShareTheirCommits() {
        long holder = rows.node();
        List<Settlement> settlements = IntStream.range(0, CALLERS)
                .mapToObj(i -> rows.delivering(Event.plain(tenant, NOON), holder))
                .map(id -> settlement(id, holder, "thanks"))
                .toList();
        DeliveryQueue queue = queue(2);

        var counted = all(settlements.stream().map(queue::settle).toList());

        assertThat(counted).hasSize(CALLERS).containsOnly(true);
        assertThat(statements).hasSizeLessThan(CALLERS / 10);
        assertThat(rows.count("SELECT count(*) FROM queue WHERE holder = ?", holder))
                .isZero();
    }

    @Test
    void aBatchThatIsCancelledFailsItsCallersAndNobodyElse() throws Exception {
        DeliveryQueue queue = queue(1);
        try (var held = hold(entries.named("second"))) {
            var first = hold(held, entries.named("first"));
            var before = start(queue, entries.named("first"));
            awaitBlocked();
            var lost = start(queue, entries.named("second"));
            var lostToo = start(queue, entries.named("neighbour"));
            held.rollback(first);
            assertThat(before.get(10, TimeUnit.SECONDS)).hasSize(1);
            awaitBlocked();
            var after = start(queue, entries.named("after"));

            assertThat(rows.count("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE " + BLOCKED))
                    .isOne();

            assertThat(lost).failsWithin(Duration.ofSeconds(10)).withThrowableOfType(ExecutionException.class);
            assertThat(lostToo).failsWithin(Duration.ofSeconds(10)).withThrowableOfType(ExecutionException.class);
            assertThat(after.get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(queue.isUnsure()).isTrue();
            held.rollback();
        }
        assertThat(statements).containsExactly(1, 2, 1);
        assertThat(recorded("event_id IN ('first', 'after')")).isEqualTo(2);
        assertThat(recorded("true")).isEqualTo(2);

        assertThat(start(queue, entries.named("second")).get(10, TimeUnit.SECONDS))
                .as("what failed can be sent again")
                .hasSize(1);
    }

    @Test
    void anEventThatTheDatabaseRefusesFailsAlone() throws Exception {
        DeliveryQueue queue = queue(1);
        try (var plug = hold(entries.named("plug"))) {
            var first = start(queue, entries.named("plug"));
            awaitBlocked();
            var good = start(queue, entries.plain());
            var bad = start(queue, entries.bad());
            var goodToo = start(queue, entries.plain());
            plug.rollback();

            assertThat(first.get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(good.get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(goodToo.get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(bad).failsWithin(Duration.ofSeconds(10)).withThrowableOfType(ExecutionException.class);
        }
        assertThat(recorded("true")).isEqualTo(3);
        assertThat(rows.count("SELECT count(*) FROM queue WHERE webhook_id = ?", entries.webhookId()))
                .isEqualTo(3);
    }

    @Test
    void aResultThatTheDatabaseRefusesFailsAlone() {
        long holder = rows.node();
        List<UUID> ids = IntStream.range(0, 5)
                .mapToObj(i -> rows.delivering(Event.plain(tenant, NOON), holder))
                .toList();
        DeliveryQueue queue = queue(1);

        var outcomes = all(ids.stream()
                .map(id -> queue.settle(settlement(id, holder, id.equals(ids.get(3)) ? "\u0000" : "thanks"))
                        .onFailure()
                        .recoverWithItem(false))
                .toList());

        assertThat(outcomes).containsExactly(true, true, true, false, true);
        assertThat(rows.count("SELECT count(*) FROM queue WHERE holder = ?", holder))
                .isOne();
    }

    @Test
    void ofTheSameEventIdAtOnceOneIsFresh() {
        DeliveryQueue queue = queue(2);

        var answers = all(IntStream.range(0, 50)
                .mapToObj(i -> queue.enqueue(List.of(entries.named("one"), entries.named("two"))))
                .toList());

        assertThat(answers.stream().mapToInt(Set::size).sum()).isEqualTo(2);
        assertThat(recorded("true")).isEqualTo(2);
    }

    @Test
    void aLargeEventCountsForSeveral() {
        Entry plain = entries.plain();
        Entry large = new Entry(plain.id(), plain.acceptedAt(), plain.event(), plain.match(), new byte[9_000]);

        assertThat(DeliveryQueue.weight(List.of(new Placed(plain, null), new Placed(plain, null))))
                .isEqualTo(2);
        assertThat(DeliveryQueue.weight(List.of(new Placed(large, null)))).isEqualTo(3);
    }

    private static final String BLOCKED =
            "datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO event_key%'";

    private void awaitBlocked() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> rows.count("SELECT count(*) FROM pg_stat_activity WHERE " + BLOCKED) == 1);
    }

    /** Takes that event's key in a transaction that stays open: a statement with the same key waits for its end. */
    private Connection hold(Entry entry) throws SQLException {
        var connection = database.getConnection();
        connection.setAutoCommit(false);
        hold(connection, entry);
        return connection;
    }

    /** Takes one more; it is free again when the transaction goes back to the answered point. */
    private static Savepoint hold(Connection connection, Entry entry) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (var statement = connection.prepareStatement("INSERT INTO event_key VALUES (?, ?)")) {
            statement.setObject(1, entry.idempotenceKey());
            statement.setObject(2, entry.id());
            statement.executeUpdate();
        }
        return before;
    }

    private static CompletableFuture<Set<UUID>> start(DeliveryQueue queue, Entry entry) {
        return queue.enqueue(List.of(entry)).subscribeAsCompletionStage();
    }

    private static Settlement settlement(UUID id, long holder, String answer) {
        var delivery = new Delivery(
                id, UUID.randomUUID(), holder, id.toString(), new byte[0], new Delivery.Progress(0, 0, NOON));
        return new Settlement(
                delivery,
                NOON,
                Duration.ofMillis(7),
                new Outcome.Delivered(),
                200,
                null,
                answer,
                Traces.over("203.0.113.7"));
    }

    private static <T> List<T> all(List<Uni<T>> unis) {
        return Uni.join().all(unis).andFailFast().await().atMost(Duration.ofSeconds(20));
    }

    private long recorded(String condition) {
        return rows.count("SELECT count(*) FROM event WHERE ims_org = ? AND " + condition, tenant.imsOrg());
    }
}
