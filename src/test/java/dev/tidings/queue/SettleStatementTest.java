package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.Settlement.Outcome;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Traces;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may settle, and what it does. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class SettleStatementTest {
    private static final Instant LATER = NOON.plusSeconds(60);

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;
    private SettleStatement statement;
    private long holder;

    @BeforeEach
    void beginALease() {
        rows = new DeliveryRows(database);
        statement = new SettleStatement(pool);
        holder = rows.node();
    }

    static Stream<Outcome> outcomes() {
        return Stream.of(
                new Outcome.Delivered(),
                new Outcome.Failed("no", newTenant()),
                new Outcome.Retrying(LATER),
                new Outcome.Again());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void aNodeWhoseDeliveryIsAnothersNowChangesNothing(Outcome outcome) {
        long stalled = rows.node();
        UUID id = rows.delivering(event(), holder);

        assertThat(settle(settlement(id, stalled, outcome))).containsExactly(false);

        assertThat(queued(id, "holder = " + holder + " AND attempts = 0 AND due_at = begun_at"))
                .isOne();
        assertNothingWasWritten(id);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void aNodeWhoseDeliveryWasFreedChangesNothing(Outcome outcome) {
        UUID id = rows.pending(event(), NOON);

        assertThat(settle(settlement(id, holder, outcome))).containsExactly(false);

        assertThat(queued(id, "holder IS NULL AND attempts = 0 AND due_at = begun_at"))
                .isOne();
        assertNothingWasWritten(id);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void whatAnotherHasFinishedIsNotTouched(Outcome outcome) {
        UUID id = rows.delivered(event());

        assertThat(settle(settlement(id, holder, outcome))).containsExactly(false);

        assertThat(queued(id, "true")).isZero();
        assertNothingWasWritten(id);
    }

    /** Planning takes longer than running: the client has to keep it prepared, and PostgreSQL its plan. */
    @Test
    void isPlannedOnceForAll() {
        try (var one = PlannedPool.ofOne(vertx)) {
            var prepared = new SettleStatement(one.pool());
            for (int i = 0; i < 12; i++) {
                var settlement = settlement(rows.delivering(event(), holder), holder, new Outcome.Delivered());
                assertThat(prepared.run(List.of(settlement)).await().atMost(Duration.ofSeconds(10)))
                        .containsExactly(true);
            }

            assertThat(one.plans("custom_plans", "finished AS")).isLessThanOrEqualTo(5);
            assertThat(one.plans("generic_plans", "finished AS")).isGreaterThanOrEqualTo(7);
        }
    }

    /** A plan is kept, and may be made while the queue is empty: no way through it may grow with the queue. */
    @ParameterizedTest
    @ValueSource(strings = {SettleStatement.SETTLE, ClaimStatement.CLAIM})
    void isPlannedAlongThePrimaryKeyEvenForAnEmptyQueue(String sql) {
        try (var one = PlannedPool.ofOne(vertx)) {
            List.of("CREATE TEMP TABLE queue (LIKE public.queue INCLUDING ALL)", "VACUUM ANALYZE queue")
                    .forEach(one::run);

            assertThat(one.run("EXPLAIN (GENERIC_PLAN) " + sql))
                    .contains("Index Cond: (delivery_id = ANY (")
                    .doesNotContain("Seq Scan on queue", "queue_holder_idx");
        }
    }

    @Test
    void aDeliveredOneLeavesTheQueueAndLeavesItsAttempt() {
        UUID id = rows.delivering(event(), holder);

        assertThat(settle(settlement(id, holder, new Outcome.Delivered()))).containsExactly(true);

        assertThat(queued(id, "true")).isZero();
        assertThat(attempts(id, "number = 1 AND outcome = 'delivered' AND status_code = 200"))
                .isOne();
        assertThat(failures(id)).isZero();
    }

    @Test
    void aFailedOneLeavesTheQueueAndIsRemembered() {
        UUID id = rows.delivering(event(), holder);

        settle(settlement(id, holder, new Outcome.Failed("The endpoint answered 404", tenant)));

        assertThat(queued(id, "true")).isZero();
        assertThat(attempts(id, "outcome = 'failed'")).isOne();
        assertThat(rows.count(
                        "SELECT count(*) FROM failed_delivery WHERE delivery_id = ? AND ims_org = ? AND reason = ?",
                        id,
                        tenant.imsOrg(),
                        "The endpoint answered 404"))
                .isOne();
    }

    @Test
    void aRetryWaitsUntilItsTimeAndIsHeldByNobody() {
        UUID id = rows.delivering(event(), holder);

        settle(settlement(id, holder, new Outcome.Retrying(LATER)));

        assertThat(queued(id, "holder IS NULL AND attempts = 1 AND retries = 1"))
                .isOne();
        assertThat(queued(id, "due_at = begun_at + interval '60 seconds'")).isOne();
    }

    @Test
    void anAttemptThatIsRepeatedAtOnceKeepsItsHolderAndCountsNoRetry() {
        UUID id = rows.delivering(event(), holder);

        settle(settlement(id, holder, new Outcome.Again()));

        assertThat(queued(id, "attempts = 1 AND retries = 0 AND holder = " + holder))
                .isOne();
        assertThat(attempts(id, "outcome = 'retrying'")).isOne();
    }

    @Test
    void settlingTwiceCountsOnce() {
        UUID id = rows.delivering(event(), holder);
        Settlement once = settlement(id, holder, new Outcome.Failed("no", tenant));

        assertThat(settle(once)).containsExactly(true);
        assertThat(settle(once)).containsExactly(false);

        assertThat(attempts(id, "true")).isOne();
        assertThat(failures(id)).isOne();
    }

    @Test
    void inABatchEachStandsForItself() {
        UUID mine = rows.delivering(event(), holder);
        UUID lost = rows.delivering(event(), rows.node());
        UUID alsoMine = rows.delivering(event(), holder);

        assertThat(settle(
                        settlement(mine, holder, new Outcome.Delivered()),
                        settlement(lost, holder, new Outcome.Delivered()),
                        settlement(alsoMine, holder, new Outcome.Retrying(LATER))))
                .containsExactly(true, false, true);

        assertThat(attempts(mine, "true")).isOne();
        assertThat(attempts(lost, "true")).isZero();
        assertThat(attempts(alsoMine, "true")).isOne();
    }

    private List<Boolean> settle(Settlement... settlements) {
        return statement.run(List.of(settlements)).await().atMost(Duration.ofSeconds(10));
    }

    private static Settlement settlement(UUID id, long by, Outcome outcome) {
        var delivery =
                new Delivery(id, UUID.randomUUID(), by, id.toString(), new byte[0], new Delivery.Progress(0, 0, NOON));
        return new Settlement(
                delivery, NOON, Duration.ofMillis(7), outcome, 200, null, "thanks", Traces.over("203.0.113.7"));
    }

    private void assertNothingWasWritten(UUID id) {
        assertThat(attempts(id, "true")).isZero();
        assertThat(failures(id)).isZero();
    }

    private Event event() {
        return Event.plain(tenant, NOON);
    }

    private long queued(UUID id, String condition) {
        return rows.count("SELECT count(*) FROM queue WHERE delivery_id = ? AND " + condition, id);
    }

    private long attempts(UUID id, String condition) {
        return rows.count("SELECT count(*) FROM attempt WHERE delivery_id = ? AND " + condition, id);
    }

    private long failures(UUID id) {
        return rows.count("SELECT count(*) FROM failed_delivery WHERE delivery_id = ?", id);
    }
}
