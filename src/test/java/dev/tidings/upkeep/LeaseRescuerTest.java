package dev.tidings.upkeep;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dead nodes leave behind is taken over; what the living hold is not. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class LeaseRescuerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    LeaseRescuer rescuer;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @Test
    void freesWhatANodeHeldWhoseHeartbeatStopped() {
        long dead = nodeThatBeat("11 seconds");
        UUID id = rows.delivering(event(), dead);

        done(rescuer.rescue());

        assertThat(held(id)).isFalse();
        assertThat(nodes(dead)).isZero();
    }

    @Test
    void leavesWhatALivingNodeHolds() {
        long living = nodeThatBeat("1 second");
        UUID id = rows.delivering(event(), living);
        UUID waiting = rows.pending(event(), NOON);

        done(rescuer.rescue());

        assertThat(held(id)).isTrue();
        assertThat(held(waiting)).isFalse();
        assertThat(nodes(living)).isOne();
    }

    @Test
    void leavesItAlsoWhereADeadOneIsOlderAndAnotherIsYounger() {
        long first = nodeThatBeat("11 seconds");
        long second = nodeThatBeat("1 second");
        long third = nodeThatBeat("11 seconds");
        List<UUID> ids = List.of(first, second, third).stream()
                .map(node -> rows.delivering(event(), node))
                .toList();

        done(rescuer.rescue());

        assertThat(ids).extracting(this::held).containsExactly(false, true, false);
    }

    /** As an insert on its way does, whose node was declared dead meanwhile. */
    @Test
    void freesWhatNamesANodeThatNobodyKnows() {
        UUID id = rows.delivering(event(), 987_654_321);

        done(rescuer.rescue());

        assertThat(held(id)).isFalse();
    }

    @Test
    void freesHoweverMuchItWas() {
        long dead = nodeThatBeat("11 seconds");
        rows.execute("""
                INSERT INTO queue (delivery_id, webhook_id, due_at, begun_at, holder)
                SELECT gen_random_uuid(), ?, now(), now(), ?
                  FROM generate_series(1, 12000)
                """, rows.pausedWebhook(tenant), dead);

        done(rescuer.rescue());

        assertThat(rows.count("SELECT count(*) FROM queue WHERE holder = ?", dead))
                .isZero();
        rows.execute("DELETE FROM queue WHERE webhook_id = ?", rows.pausedWebhook(tenant));
    }

    @Test
    void keepsWhatIsKnownOfTheDelivery() {
        UUID id = rows.delivering(event(), nodeThatBeat("11 seconds"));
        rows.execute("UPDATE queue SET attempts = 3, retries = 2 WHERE delivery_id = ?", id);

        done(rescuer.rescue());

        assertThat(rows.count(
                        "SELECT count(*) FROM queue WHERE delivery_id = ? AND attempts = 3 AND retries = 2"
                                + " AND due_at = begun_at",
                        id))
                .isOne();
    }

    @Test
    void manyNodesMayDoItAtOnce() {
        long dead = nodeThatBeat("11 seconds");
        List<UUID> ids = IntStream.range(0, 50)
                .mapToObj(i -> rows.delivering(event(), dead))
                .toList();

        done(Uni.join()
                .all(IntStream.range(0, 6).mapToObj(i -> rescuer.rescue()).toList())
                .andFailFast());

        assertThat(ids).noneMatch(this::held);
    }

    /** Nothing but time and this node's own chores: within the fifteen seconds that the README promises. */
    @Test
    void theLivingNodeSendsWhatTheDeadOneHeld() {
        try (var receiver = StubReceiver.tls()) {
            rows.webhook(tenant, "active", receiver.url("/"), "email");
            UUID id = rows.delivering(event(), nodeThatBeat("1 second"));

            await().atMost(Duration.ofSeconds(15))
                    .until(() -> receiver.requests().size() == 1);

            assertThat(receiver.requests().getFirst().header("webhook-id")).isEqualTo(id.toString());
            await().until(() -> rows.count("SELECT count(*) FROM queue WHERE delivery_id = ?", id) == 0);
        }
    }

    @Test
    void whatWaitsForADeletedWebhookEndsAndWhatIsHeldIsLeftToItsHolder() {
        UUID waiting = rows.pending(event(), NOON.plusSeconds(86_400));
        UUID retrying = rows.retrying(event(), NOON.plusSeconds(86_400), 2);
        UUID held = rows.delivering(event(), rows.node());
        Tenant other = newTenant();
        UUID others = rows.pending(Event.plain(other, NOON), NOON);
        rows.execute("DELETE FROM webhook WHERE ims_org = ?", tenant.imsOrg());

        done(rescuer.endOrphans());

        assertThat(failed(waiting) && failed(retrying)).isTrue();
        assertThat(failed(held)).isFalse();
        assertThat(held(held)).isTrue();
        assertThat(failed(others)).isFalse();
        assertThat(rows.count("SELECT count(*) FROM queue WHERE delivery_id IN (?, ?)", waiting, others))
                .isOne();
    }

    private Event event() {
        return Event.plain(tenant, NOON);
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    private long nodeThatBeat(String ago) {
        return rows.count("INSERT INTO node (name, heartbeat_at) VALUES ('by hand', clock_timestamp() - interval '"
                + ago + "') RETURNING incarnation");
    }

    private long nodes(long incarnation) {
        return rows.count("SELECT count(*) FROM node WHERE incarnation = ?", incarnation);
    }

    private boolean held(UUID id) {
        return rows.count("SELECT count(*) FROM queue WHERE delivery_id = ? AND holder IS NOT NULL", id) == 1;
    }

    private boolean failed(UUID id) {
        return rows.count(
                        "SELECT count(*) FROM failed_delivery WHERE delivery_id = ? AND reason = 'The webhook was deleted'",
                        id)
                == 1;
    }
}
