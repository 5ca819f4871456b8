package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Settings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node's lease, from its beginning to its end; this one is another's than the application's. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class LeaseTest {
    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    DataSource database;

    private final DatabaseClock clock = new DatabaseClock();
    private DeliveryRows rows;
    private Lease lease;

    @BeforeEach
    void prepare() {
        rows = new DeliveryRows(database);
        lease = lease("10s");
    }

    private Lease lease(String deadAfter) {
        return new Lease(pool, clock, Settings.of(QueueConfig.class, "dead-after", deadAfter));
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void holdsNothingBeforeItsFirstHeartbeat() {
        assertThat(lease.holder()).isEmpty();

        done(lease.beat());

        assertThat(nodes(lease.holder().orElseThrow())).isOne();
        assertThat(lease.isOwn(lease.holder().orElseThrow())).isTrue();
    }

    @Test
    void aHeartbeatRenewsTheRow() {
        done(lease.beat());
        long incarnation = lease.holder().orElseThrow();
        rows.execute("UPDATE node SET heartbeat_at = now() - interval '5s' WHERE incarnation = ?", incarnation);

        done(lease.beat());

        assertThat(lease.holder()).hasValue(incarnation);
        assertThat(rows.count(
                        "SELECT count(*) FROM node WHERE incarnation = ? AND heartbeat_at > now() - interval '3s'",
                        incarnation))
                .isOne();
    }

    @Test
    void aNodeThatWasDeclaredDeadStartsOverUnderAnotherName() {
        done(lease.beat());
        long former = lease.holder().orElseThrow();
        rows.execute("DELETE FROM node WHERE incarnation = ?", former);

        done(lease.beat());
        assertThat(lease.holder()).isEmpty();
        assertThat(lease.isOwn(former)).isFalse();
        done(lease.beat());

        assertThat(lease.holder().orElseThrow()).isGreaterThan(former);
    }

    @Test
    void sendsNothingOnceItsHeartbeatsStop() {
        Lease brief = lease("1s");
        done(brief.beat());
        long incarnation = brief.holder().orElseThrow();

        await().atMost(Duration.ofMillis(1_500)).until(() -> brief.holder().isEmpty());

        assertThat(brief.isOwn(incarnation))
                .as("a result is still worth settling")
                .isTrue();
        done(brief.beat());
        assertThat(brief.holder()).as("nobody declared it dead").hasValue(incarnation);
    }

    @Test
    void endsForGood() {
        done(lease.beat());
        long incarnation = lease.holder().orElseThrow();

        done(lease.end());
        done(lease.beat());

        assertThat(lease.holder()).isEmpty();
        assertThat(nodes(incarnation)).isZero();
    }

    @Test
    void anEndOutrunsAHeartbeatThatIsOnItsWay() throws Exception {
        var onItsWay = lease.beat().subscribeAsCompletionStage();

        done(lease.end());
        onItsWay.get(10, TimeUnit.SECONDS);

        assertThat(lease.holder()).isEmpty();
    }

    @Test
    void givesBackWhatItDoesNotKnowOf() {
        done(lease.beat());
        long holder = lease.holder().orElseThrow();
        Tenant tenant = newTenant();
        UUID known = rows.delivering(Event.plain(tenant, NOON), holder);
        UUID unknown = rows.delivering(Event.plain(tenant, NOON), holder);
        UUID young = rows.delivering(Event.plain(tenant, clock.instant()), holder);
        UUID anothers = rows.delivering(Event.plain(tenant, NOON), rows.node());
        var queue = new DeliveryQueue(pool, lease, clock, vertx, Settings.of(QueueConfig.class), List.of());

        assertThat(done(queue.releaseUnknown(Set.of(known)))).isOne();

        assertThat(held(unknown)).isZero();
        assertThat(held(known) + held(anothers)).isEqualTo(2);
        assertThat(held(young)).as("its commit may not be answered yet").isOne();
    }

    @Test
    void aNodeThatCannotBeSureClaimsNothing() {
        Tenant tenant = newTenant();
        UUID id = rows.pending(Event.plain(tenant, NOON), NOON);
        var wanted = List.of(new Room(rows.pausedWebhook(tenant), false, 10));
        var queue = new DeliveryQueue(pool, lease, clock, vertx, Settings.of(QueueConfig.class), List.of());

        assertThat(done(queue.claim(wanted))).isEmpty();
        done(lease.beat());

        assertThat(done(queue.claim(wanted))).extracting(Delivery::id).containsExactly(id);
        assertThat(held(id)).isOne();
        assertThat(done(queue.claim(wanted))).as("it is leased").isEmpty();
    }

    private long nodes(long incarnation) {
        return rows.count("SELECT count(*) FROM node WHERE incarnation = ?", incarnation);
    }

    private long held(UUID id) {
        return rows.count("SELECT count(*) FROM queue WHERE delivery_id = ? AND holder IS NOT NULL", id);
    }
}
