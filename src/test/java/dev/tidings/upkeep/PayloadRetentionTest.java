package dev.tidings.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryLog;
import dev.tidings.queue.History;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payloads go before the rest of the log; what still waits keeps its own until it ends. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class PayloadRetentionTest {
    private static final LocalDate DAY =
            LocalDate.ofInstant(DeliveryRows.NOON, ZoneOffset.UTC).minusDays(20);
    private static final Instant THEN = DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

    @Inject
    History history;

    @Inject
    DeliveryLog log;

    @Inject
    DataSource database;

    private final Tenant tenant = DeliveryRows.newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @Test
    void aDaysPayloadsGoAndItsDeliveriesStay() {
        done(history.make(DAY, DAY));
        UUID delivered = rows.delivered(Event.plain(tenant, THEN));
        UUID waiting = rows.pending(Event.plain(tenant, THEN), THEN);
        UUID younger = rows.delivered(Event.plain(tenant, DeliveryRows.NOON));
        long indexes = indexes();
        var before = Objects.requireNonNull(done(log.find(tenant, delivered))).delivery();

        assertThat(done(history.dropPayloadsBefore(DAY.plusDays(1)))).isPositive();

        var after = Objects.requireNonNull(done(log.find(tenant, delivered)));
        assertThat(after.isBare()).isTrue();
        assertThat(after.delivery()).isEqualTo(before);
        assertThat(bytes(waiting)).as("it is still to be sent").isPositive();
        assertThat(bytes(younger)).isPositive();
        assertThat(indexes()).isEqualTo(indexes);

        rows.execute("DELETE FROM queue WHERE delivery_id = ?", waiting);
        assertThat(done(history.dropPayloadsBefore(DAY.plusDays(1))))
                .as("a day is written anew once")
                .isZero();
        assertThat(bytes(waiting)).as("it has ended").isZero();

        UUID late = rows.delivered(Event.plain(tenant, THEN));
        assertThat(rows.only("SELECT tableoid::regclass::text FROM event WHERE id = ?", String.class, late))
                .isEqualTo(partition());
    }

    private long bytes(UUID delivery) {
        return rows.count("SELECT octet_length(payload)::bigint FROM event WHERE id = ?", delivery);
    }

    private long indexes() {
        return rows.count("SELECT count(*) FROM pg_indexes WHERE tablename = ?", partition());
    }

    private static String partition() {
        return "event_" + DAY.toString().replace("-", "");
    }

    private static <T extends @Nullable Object> T done(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
