package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.SkipReason;
import dev.tidings.feedback.Tenant;
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
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class RedeliveryStoreTest {
    private static final Instant NOW = NOON.plus(Duration.ofHours(2));

    @Inject
    Pool pool;

    @Inject
    DeliveryLog log;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private RedeliveryStore store;
    private DeliveryRows rows;
    private UUID webhook;

    @BeforeEach
    void fixTheClock() {
        store = new RedeliveryStore(pool, log, () -> NOW);
        rows = new DeliveryRows(database);
        webhook = rows.pausedWebhook(tenant);
    }

    @Test
    void aFailedDeliveryStartsAgainAndItsNumbersGoOn() {
        UUID id = rows.failed(event(), "gave up");
        rows.attempt(id, 1, "retrying", 500, null);
        rows.attempt(id, 2, "failed", 500, null);

        assertThat(redeliver(id)).isInstanceOfSatisfying(Redelivery.Accepted.class, accepted -> {
            assertThat(accepted.delivery().state()).isEqualTo(new DeliveryState.Pending(NOW));
            assertThat(accepted.delivery().webhookId()).isEqualTo(webhook);
            assertThat(accepted.delivery().attempts()).isEqualTo(2);
        });

        assertThat(queued("attempts = 2 AND retries = 0 AND begun_at = due_at AND holder IS NULL", id))
                .isOne();
        assertThat(failures(id)).isZero();
    }

    @Test
    void aDeliveredOneCanBeHadAgain() {
        UUID id = rows.delivered(event());
        rows.attempt(id, 1, "delivered", 200, null);

        assertThat(redeliver(id)).isInstanceOf(Redelivery.Accepted.class);

        assertThat(queued("attempts = 1 AND retries = 0", id)).isOne();
    }

    @Test
    void aWaitingOneIsBroughtForward() {
        UUID id = rows.retrying(event(), NOW.plusSeconds(600), 3);
        rows.attempt(id, 3, "retrying", 500, null);

        assertThat(redeliver(id))
                .isInstanceOfSatisfying(
                        Redelivery.Accepted.class,
                        accepted -> assertThat(accepted.delivery().state()).isEqualTo(new DeliveryState.Pending(NOW)));

        assertThat(queued("attempts = 3 AND retries = 0", id)).isOne();
    }

    @Test
    void oneThatIsHeldStaysAsItIs() {
        long holder = rows.node();
        UUID id = rows.delivering(event(), holder);

        assertThat(redeliver(id))
                .isInstanceOfSatisfying(
                        Redelivery.Accepted.class,
                        accepted -> assertThat(accepted.delivery().state()).isEqualTo(new DeliveryState.Delivering()));

        assertThat(queued("begun_at = due_at AND holder = " + holder, id)).isOne();
    }

    @Test
    void whatWasSkippedIsNotSent() {
        UUID id = rows.skipped(event(), SkipReason.CAMPAIGN_NOT_ENABLED);

        assertThat(redeliver(id)).isEqualTo(new Redelivery.Skipped(SkipReason.CAMPAIGN_NOT_ENABLED));

        assertThat(queued("true", id)).isZero();
    }

    @Test
    void withoutAWebhookNothingHappens() {
        UUID id = rows.failed(event(), "no");

        assertThat(redeliver(tenant, id, null)).isEqualTo(new Redelivery.NoWebhook());

        assertThat(failures(id)).isOne();
    }

    @Test
    void anotherTenantsDeliveryIsUnknownAndUntouched() {
        UUID id = rows.failed(event(), "no");

        assertThat(redeliver(newTenant(), id, webhook)).isEqualTo(new Redelivery.Unknown());
        assertThat(redeliver(newTenant(), id, null)).isEqualTo(new Redelivery.Unknown());

        assertThat(failures(id)).isOne();
        assertThat(queued("true", id)).isZero();
    }

    @Test
    void manyWhoAskAtOnceGetOneDelivery() {
        UUID id = rows.failed(event(), "no");
        rows.attempt(id, 1, "failed", 404, null);

        var answers = Uni.join()
                .all(IntStream.range(0, 8)
                        .mapToObj(i -> store.redeliver(tenant, id, webhook, "ada"))
                        .toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(answers).hasSize(8).allSatisfy(a -> assertThat(a).isInstanceOf(Redelivery.Accepted.class));
        assertThat(queued("attempts = 1 AND retries = 0", id)).isOne();
        assertThat(failures(id)).isZero();
    }

    /** The window between the last attempt's commit and the new row: the number must go on, the failure must be gone. */
    @Test
    void asksWhileTheLastAttemptIsBeingSettled() throws SQLException {
        UUID id = rows.delivering(event(), rows.node());
        try (var settling = database.getConnection();
                var statement = settling.createStatement()) {
            settling.setAutoCommit(false);
            statement.execute("DELETE FROM queue WHERE delivery_id = '" + id + "'");
            statement.execute("INSERT INTO attempt VALUES ('" + id + "', 1, now(), 5, 'failed', 404)");
            statement.execute("INSERT INTO failed_delivery VALUES ('" + id + "', '" + tenant.imsOrg()
                    + "', 'prod', now(), 'The endpoint answered 404')");
            var asked = store.redeliver(tenant, id, webhook, "ada").subscribeAsCompletionStage();
            await().until(() -> rows.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND datname = current_database() AND query LIKE 'INSERT INTO queue%'")
                    == 1);
            settling.commit();

            assertThat(asked.toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isInstanceOf(Redelivery.Accepted.class);
        }

        assertThat(queued("attempts = 1 AND holder IS NULL", id)).isOne();
        assertThat(failures(id)).isZero();
    }

    private Event event() {
        return Event.plain(tenant, NOON);
    }

    private Redelivery redeliver(UUID id) {
        return redeliver(tenant, id, webhook);
    }

    private Redelivery redeliver(Tenant owner, UUID id, @Nullable UUID current) {
        return store.redeliver(owner, id, current, "ada").await().atMost(Duration.ofSeconds(10));
    }

    private long queued(String condition, UUID id) {
        return rows.count("SELECT count(*) FROM queue WHERE delivery_id = ? AND " + condition, id);
    }

    private long failures(UUID id) {
        return rows.count("SELECT count(*) FROM failed_delivery WHERE delivery_id = ?", id);
    }
}
