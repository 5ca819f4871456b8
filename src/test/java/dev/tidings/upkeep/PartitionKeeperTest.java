package dev.tidings.upkeep;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryDetail;
import dev.tidings.queue.DeliveryLog;
import dev.tidings.queue.DeliveryState;
import dev.tidings.queue.History;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition a day, ahead of time and not twice; nothing is lost where there is none. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class PartitionKeeperTest {
    private static final LocalDate YESTERDAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int DAYS_AHEAD = 7;
    private static final int DAYS_KEPT = 30;

    @Inject
    PartitionKeeper keeper;

    @Inject
    History history;

    @Inject
    DeliveryLog log;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "attempt", "failed_delivery"})
    void theComingDaysArePreparedAtTheStart(String table) {
        for (int day = 0; day <= DAYS_AHEAD + 1; day++) {
            assertThat(exists(table, YESTERDAY.plusDays(day)))
                    .as(table + " of " + YESTERDAY.plusDays(day))
                    .isTrue();
        }
        assertThat(exists(table, YESTERDAY.plusDays(DAYS_AHEAD + 3))).isFalse();
    }

    @Test
    void makingThemAgainMakesNone() {
        assertThat(done(history.make(YESTERDAY, YESTERDAY.plusDays(DAYS_AHEAD + 1))))
                .isZero();

        done(keeper.keep());
        done(keeper.keep());

        assertThat(exists("event", YESTERDAY.plusDays(2))).isTrue();
    }

    @Test
    void manyNodesMayMakeTheSameAtOnce() {
        LocalDate first = LocalDate.of(2031, 3, 1);

        List<Integer> made = done(Uni.join()
                .all(IntStream.range(0, 5)
                        .mapToObj(i -> history.make(first, first.plusDays(2)))
                        .toList())
                .andFailFast());

        assertThat(made.stream().mapToInt(Integer::intValue).sum()).isEqualTo(9);
    }

    @Test
    void aDaysFirstAndLastMomentAreInItsPartition() {
        Instant midnight = YESTERDAY.atStartOfDay(ZoneOffset.UTC).toInstant();
        UUID first = rows.delivered(Event.plain(tenant, midnight));
        UUID last = rows.delivered(
                Event.plain(tenant, midnight.plus(Duration.ofDays(1)).minusMillis(1)));
        UUID next = rows.delivered(Event.plain(tenant, midnight.plus(Duration.ofDays(1))));

        assertThat(tableOf(first)).isEqualTo(name("event", YESTERDAY));
        assertThat(tableOf(last)).isEqualTo(name("event", YESTERDAY));
        assertThat(tableOf(next)).isEqualTo(name("event", YESTERDAY.plusDays(1)));
    }

    @Test
    void anEventOfADayWithoutPartitionIsKeptAndFound() {
        LocalDate farOff = LocalDate.of(2032, 7, 1);
        UUID id = rows.failed(Event.plain(tenant, farOff.atTime(12, 0).toInstant(ZoneOffset.UTC)), "no");
        rows.attempt(id, 1, "failed", 404, null);

        assertThat(tableOf(id)).isEqualTo("event_default");
        assertThat(find(id).attempts()).hasSize(1);

        assertThat(done(history.make(farOff, farOff.plusDays(1))))
                .as("its day has no partitions, the next has three")
                .isEqualTo(3);
        assertThat(exists("event", farOff)).isFalse();
        assertThat(exists("event", farOff.plusDays(1))).isTrue();
        assertThat(find(id).delivery().state()).isEqualTo(new DeliveryState.Failed("no"));
    }

    @Test
    void whatIsPastItsTimeIsDroppedWithAllThatBelongsToIt() {
        LocalDate old = YESTERDAY.minusDays(DAYS_KEPT + 10);
        done(history.make(old, old));
        UUID gone = rows.pending(Event.plain(tenant, noonOf(old)), NOON);
        UUID failed = rows.failed(Event.plain(tenant, noonOf(old)), "no");
        rows.attempt(failed, 1, "failed", 404, null);
        rows.execute("INSERT INTO event_key VALUES (gen_random_uuid(), ?)", gone);
        UUID oldWithoutPartition = rows.delivered(Event.plain(tenant, noonOf(old.minusDays(1))));
        UUID kept = rows.delivered(Event.plain(tenant, noonOf(YESTERDAY.minusDays(DAYS_KEPT - 5))));
        UUID fresh = rows.pending(Event.plain(tenant, NOON), NOON);

        done(keeper.keep());

        assertThat(exists("event", old)).isFalse();
        assertThat(exists("attempt", old)).isFalse();
        assertThat(exists("failed_delivery", old)).isFalse();
        for (UUID id : List.of(gone, failed, oldWithoutPartition)) {
            assertThat(rows.count("SELECT count(*) FROM event WHERE id = ?", id))
                    .isZero();
            assertThat(rows.count("SELECT count(*) FROM queue WHERE delivery_id = ?", id))
                    .isZero();
            assertThat(rows.count("SELECT count(*) FROM event_key WHERE delivery_id = ?", id))
                    .isZero();
            assertThat(rows.count("SELECT count(*) FROM failed_delivery WHERE delivery_id = ?", id))
                    .isZero();
        }
        assertThat(rows.count("SELECT count(*) FROM attempt WHERE delivery_id = ?", failed))
                .isZero();
        for (UUID id : List.of(kept, fresh)) {
            assertThat(rows.count("SELECT count(*) FROM event WHERE id = ?", id))
                    .isOne();
        }
        assertThat(rows.count("SELECT count(*) FROM queue WHERE delivery_id = ?", fresh))
                .isOne();
    }

    @Test
    void attemptsMayGoBeforeTheirEvents() {
        LocalDate day = YESTERDAY.minusDays(DAYS_KEPT - 3);
        done(history.make(day, day));
        UUID id = rows.delivered(Event.plain(tenant, noonOf(day)));
        rows.attempt(id, 1, "delivered", 200, null);

        done(history.dropBefore(YESTERDAY.minusDays(DAYS_KEPT), day.plusDays(1)));

        assertThat(exists("attempt", day)).isFalse();
        assertThat(find(id).attempts()).isEmpty();
        assertThat(find(id).delivery().state()).isInstanceOf(DeliveryState.Delivered.class);
    }

    @Test
    void nobodyWaitsForAPartitionThatWaitsForALongTransaction() throws SQLException {
        LocalDate day = LocalDate.of(2033, 5, 1);
        try (Connection reader = database.getConnection();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM event");

            assertThatThrownBy(() -> history.make(day, day).await().atMost(Duration.ofSeconds(5)))
                    .hasMessageContaining("lock timeout");
            assertThat(rows.delivered(Event.plain(tenant, NOON))).isNotNull();
            reader.rollback();
        }

        assertThat(done(history.make(day, day))).isEqualTo(3);
    }

    @Test
    void keysOfEventsThatAreGoneGoBiteByBite() {
        LocalDate day = YESTERDAY.minusDays(DAYS_KEPT + 20);
        rows.execute("INSERT INTO event_key SELECT gen_random_uuid(), ? FROM generate_series(1, 25000)", newIdOf(day));

        done(history.dropBefore(day.plusDays(1), day.plusDays(1)));

        assertThat(rows.count("SELECT count(*) FROM event_key WHERE delivery_id = ?", newIdOf(day)))
                .isZero();
    }

    private static UUID newIdOf(LocalDate day) {
        return new UUID(noonOf(day).toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0001L);
    }

    private static Instant noonOf(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    private DeliveryDetail find(UUID id) {
        return Objects.requireNonNull(log.find(tenant, id).await().atMost(PATIENCE));
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    private static String name(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    private boolean exists(String table, LocalDate day) {
        return rows.count(
                        "SELECT count(*) FROM pg_inherits WHERE inhparent = to_regclass(?) AND inhrelid = to_regclass(?)",
                        table,
                        name(table, day))
                == 1;
    }

    private String tableOf(UUID id) {
        return rows.only("SELECT tableoid::regclass::text FROM event WHERE id = ?", String.class, id);
    }
}
