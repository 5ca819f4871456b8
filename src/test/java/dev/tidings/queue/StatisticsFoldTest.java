package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.SkipReason;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.Statistics.Counted;
import dev.tidings.queue.Statistics.Reason;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is folded is what a plain count says. The application folds too, now and then: it must make no difference. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class StatisticsFoldTest {
    private static final long SEED = 4_711;
    private static final Instant FROM = NOON.minus(Duration.ofHours(3));
    private static final Instant TO = NOON.plus(Duration.ofHours(3));

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    StatisticsLog statistics;

    @Inject
    Orphans orphans;

    @Inject
    DeliveryLog log;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private StatisticsFold fold;
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        fold = new StatisticsFold(pool);
        rows = new DeliveryRows(database);
    }

    @Test
    void saysWhatAPlainCountSays() {
        Random random = new Random(SEED);
        for (int i = 0; i < 400; i++) {
            any(random);
            if (i % 100 == 0) {
                foldAll();
            }
        }
        foldAll();

        for (Interval interval : Interval.values()) {
            for (Instant to : List.of(TO, NOON.plusSeconds(90 * 60))) {
                Tally folded = total(read(FROM, to, interval));
                assertThat(folded)
                        .as("seed %d, %s, to %s", SEED, interval, to)
                        .isEqualTo(new Tally(
                                counted("true", to),
                                counted("state = 'delivered'", to),
                                counted("state = 'failed'", to),
                                counted("state = 'skipped'", to)));
            }
        }
        Statistics read = read(FROM, TO, Interval.HOUR);
        for (String channel : List.of("email", "sms")) {
            assertThat(read.counts().stream()
                            .filter(one -> one.channel().equals(channel))
                            .map(Counted::tally)
                            .reduce(Tally.NONE, Tally::plus)
                            .delivered())
                    .as("seed %d, %s", SEED, channel)
                    .isEqualTo(counted("state = 'delivered' AND channel = '" + channel + "'", TO));
        }
        assertThat(total(read).unfinished()).isEqualTo(counted("state IN ('pending', 'retrying', 'delivering')", TO));
        assertThat(samples(read)).isEqualTo(counted("state = 'delivered'", TO));
    }

    /** Planning takes longer than running, and a fold runs five times a second. */
    @Test
    void isPlannedOnceForAll() {
        try (var one = PlannedPool.ofOne(vertx)) {
            var prepared = new StatisticsFold(one.pool());
            await().until(() -> {
                prepared.fold().await().atMost(Duration.ofSeconds(10));
                return one.plans("generic_plans", "INSERT INTO tally_latency") >= 3;
            });
            assertThat(one.plans("custom_plans", "INSERT INTO tally_latency")).isZero();
        }
    }

    @Test
    void nodesThatFoldAtOnceCountOnce() {
        for (int round = 1; round <= 5; round++) {
            IntStream.range(0, 20).forEach(i -> delivered(i));
            List<StatisticsFold> nodes = IntStream.range(0, 4)
                    .mapToObj(i -> new StatisticsFold(pool))
                    .toList();

            Uni.join()
                    .all(nodes.stream().map(StatisticsFold::fold).toList())
                    .andFailFast()
                    .await()
                    .atMost(Duration.ofSeconds(20));
            foldAll();

            assertThat(total(read(FROM, TO, Interval.HOUR))).isEqualTo(new Tally(round * 20L, round * 20L, 0, 0));
        }
    }

    @Test
    void aFoldThatBreaksOffLeavesNothingBehind() throws SQLException {
        delivered(0);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // The application may be folding at this moment: it is waited for.
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('tidings.statistics'))");
            statement.execute("SELECT * FROM next_fold(1000000)");
            statement.execute("DELETE FROM state_change");
            assertThat(fold.fold().await().atMost(Duration.ofSeconds(10)))
                    .as("while another holds the lock")
                    .isZero();
            connection.rollback();
        }

        foldAll();

        assertThat(total(read(FROM, TO, Interval.HOUR))).isEqualTo(new Tally(1, 1, 0, 0));
    }

    @Test
    void whatIsCommittedLateIsCountedAllTheSameAndAsOfSaysSo() throws SQLException {
        Instant begun;
        try (var late = database.getConnection();
                var statement = late.createStatement()) {
            late.setAutoCommit(false);
            UUID id = DeliveryRows.idAt(NOON);
            statement.execute("INSERT INTO event VALUES ('" + id + "', NULL, '" + tenant.imsOrg()
                    + "', 'prod', NULL, 'email', 'sent', 'c', 'r', 'e', NULL, '" + NOON + "', 'NO_WEBHOOK', '')");
            begun = databaseNow();
            delivered(1);
            fold.fold().await().atMost(Duration.ofSeconds(10));
            fold.fold().await().atMost(Duration.ofSeconds(10));

            assertThat(read(FROM, TO, Interval.HOUR).asOf()).isBefore(begun);
            late.commit();
        }
        foldAll();

        Statistics read = read(FROM, TO, Interval.HOUR);
        assertThat(total(read)).isEqualTo(new Tally(2, 1, 0, 1));
        assertThat(read.asOf()).isAfter(begun);
    }

    @Test
    void aRedeliveryTakesADeliveryBackUntilItEndsAgain() {
        UUID webhook = rows.pausedWebhook(tenant);
        var store = new RedeliveryStore(pool, log, () -> NOON);
        UUID failed = failed(0);
        UUID delivered = delivered(1);
        foldAll();
        assertThat(total(read(FROM, TO, Interval.HOUR))).isEqualTo(new Tally(2, 1, 1, 0));

        for (UUID id : List.of(failed, delivered, delivered)) {
            store.redeliver(tenant, id, webhook, "ada").await().atMost(Duration.ofSeconds(10));
        }
        foldAll();
        assertThat(total(read(FROM, TO, Interval.HOUR)).unfinished()).isEqualTo(2);

        for (UUID id : List.of(failed, delivered)) {
            rows.execute("DELETE FROM queue WHERE delivery_id = ?", id);
            attempt(id, 2, Duration.ofDays(1), "delivered", null);
        }
        foldAll();

        Statistics read = read(FROM, TO, Interval.HOUR);
        assertThat(total(read)).isEqualTo(new Tally(2, 2, 0, 0));
        assertThat(samples(read)).as("a day later is no latency").isOne();
    }

    @Test
    void whatEndsWithItsWebhookHasFailed() {
        UUID id = rows.pending(event(0), NOON);
        rows.execute("DELETE FROM webhook WHERE ims_org = ?", tenant.imsOrg());
        // The application may be faster: either way it ends once.
        orphans.end().await().atMost(Duration.ofSeconds(10));
        assertThat(rows.count("SELECT count(*) FROM queue WHERE delivery_id = ?", id))
                .isZero();
        foldAll();

        Statistics read = read(FROM, TO, Interval.HOUR);
        assertThat(total(read)).isEqualTo(new Tally(1, 0, 1, 0));
        assertThat(read.reasons()).containsExactly(new Reason("The webhook was deleted", 0, 1));
    }

    @Test
    void tellsHowLongThingsTookAndWhyTheyFailed() {
        for (int i = 0; i < 90; i++) {
            UUID id = rows.delivered(event(i));
            attempt(id, 1, Duration.ofMillis(38), "delivered", null);
        }
        for (int i = 0; i < 10; i++) {
            UUID id = rows.delivered(event(i));
            attempt(id, 1, Duration.ofMillis(38), "retrying", "The endpoint answered 503");
            attempt(id, 2, Duration.ofMillis(63_988), "delivered", null);
        }
        failed(0);
        foldAll();

        Statistics read = read(FROM, TO, Interval.HOUR);
        Histogram latency =
                read.durations().stream().map(Statistics.Durations::delivered).reduce(Histogram.EMPTY, Histogram::plus);
        assertThat(latency.samples()).isEqualTo(100);
        assertThat(latency.percentile(0.5).orElseThrow()).isBetween(47L, 53L);
        assertThat(latency.percentile(0.95).orElseThrow()).isBetween(60_800L, 67_200L);
        assertThat(read.reasons())
                .containsExactly(
                        new Reason("The endpoint answered 503", 10, 0), new Reason("The endpoint answered 404", 1, 1));
    }

    @Test
    void everNewReasonsDoNotFillTheTable() {
        for (int i = 0; i < 60; i++) {
            UUID id = rows.retrying(event(0), NOON, 1);
            attempt(id, 1, Duration.ZERO, "retrying", "Reason " + i);
        }
        foldAll();

        assertThat(rows.count("SELECT count(*) FROM tally_reason WHERE span = 'hour' AND ims_org = ?", tenant.imsOrg()))
                .isLessThanOrEqualTo(42);
        assertThat(rows.count(
                        "SELECT sum(attempts)::bigint FROM tally_reason WHERE span = 'hour' AND ims_org = ?",
                        tenant.imsOrg()))
                .isEqualTo(60);
    }

    /** A database that was dumped and restored elsewhere: its transactions are numbered from the start again. */
    @Test
    void countsOnInADatabaseWhoseTransactionsBeginAnew() {
        delivered(0);
        foldAll();
        rows.execute("UPDATE statistics_watermark SET folded = folded + 1000000000");
        fold.fold().await().atMost(Duration.ofSeconds(10));

        delivered(1);
        foldAll();

        assertThat(total(read(FROM, TO, Interval.HOUR))).isEqualTo(new Tally(2, 2, 0, 0));
    }

    @Test
    void showsWhatIsLateWhateverThePeriod() {
        UUID webhook = rows.pausedWebhook(tenant);
        rows.pending(event(0), NOON);
        rows.retrying(event(1), NOON.plusSeconds(5), 1);
        rows.retrying(event(2), Instant.now().plus(Duration.ofHours(1)), 1);
        rows.delivering(event(3), rows.node());

        Waiting ofPeriod = statistics
                .read(tenant, FROM, TO, Interval.HOUR, webhook)
                .await()
                .atMost(Duration.ofSeconds(10))
                .waiting();
        Waiting before = statistics
                .read(tenant, FROM, NOON, Interval.HOUR, webhook)
                .await()
                .atMost(Duration.ofSeconds(10))
                .waiting();

        assertThat(ofPeriod).isEqualTo(new Waiting(new Waiting.Lane(1, false), new Waiting.Lane(2, false), 1, 2, NOON));
        assertThat(before).isEqualTo(new Waiting(new Waiting.Lane(0, false), new Waiting.Lane(0, false), 0, 2, NOON));
    }

    @Test
    void anotherTenantsAreNotAmongThem() {
        delivered(0);
        foldAll();

        Tenant sibling = new Tenant(tenant.imsOrg(), "dev");
        assertThat(statistics
                        .read(sibling, FROM, TO, Interval.HOUR, null)
                        .await()
                        .atMost(Duration.ofSeconds(10))
                        .counts())
                .isEmpty();
    }

    @Test
    void oldOnesAreDropped() {
        UUID old = rows.skipped(Event.plain(tenant, NOON.minus(Duration.ofDays(40))), SkipReason.NO_WEBHOOK);
        delivered(0);
        foldAll();
        Instant longAgo = NOON.minus(Duration.ofDays(50));
        assertThat(total(read(longAgo, TO, Interval.HOUR)).accepted())
                .as("%s", old)
                .isEqualTo(2);

        fold.dropBefore(NOON.minus(Duration.ofDays(30)).atOffset(ZoneOffset.UTC).toLocalDate())
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(total(read(longAgo, TO, Interval.HOUR)).accepted()).isOne();
    }

    /** New rows at the end are summed up, and folded all the same. */
    @Test
    void sumsUpTheNewestRows() {
        delivered(0);
        fold.sumUp().await().atMost(Duration.ofSeconds(10));
        delivered(1);
        fold.sumUp().await().atMost(Duration.ofSeconds(10));
        foldAll();

        assertThat(total(read(FROM, TO, Interval.HOUR))).isEqualTo(new Tally(2, 2, 0, 0));
    }

    private void any(Random random) {
        Event event = Event.plain(tenant, FROM.plusSeconds(random.nextInt(6 * 60 * 60)))
                .about(random.nextBoolean() ? "email" : "sms", random.nextBoolean() ? "sent" : "bounce");
        switch (random.nextInt(6)) {
            case 0 -> rows.skipped(event, SkipReason.CAMPAIGN_UNKNOWN);
            case 1 -> {
                UUID id = rows.failed(event, "no");
                attempt(id, 1, Duration.ZERO, "retrying", "The endpoint answered 503");
                attempt(id, 2, Duration.ZERO, "failed", "no");
            }
            case 2 -> {
                UUID id = rows.retrying(event, NOON, 1);
                attempt(id, 1, Duration.ZERO, "retrying", "The endpoint answered 503");
            }
            case 3 -> rows.pending(event, NOON);
            default -> attempt(rows.delivered(event), 1, Duration.ofMillis(random.nextInt(500)), "delivered", null);
        }
    }

    private Event event(int secondsAfterNoon) {
        return Event.plain(tenant, NOON.plusSeconds(secondsAfterNoon));
    }

    private UUID delivered(int secondsAfterNoon) {
        UUID id = rows.delivered(event(secondsAfterNoon));
        attempt(id, 1, Duration.ofMillis(5), "delivered", null);
        return id;
    }

    private UUID failed(int secondsAfterNoon) {
        UUID id = rows.failed(event(secondsAfterNoon), "The endpoint answered 404");
        attempt(id, 1, Duration.ofMillis(5), "failed", "The endpoint answered 404");
        return id;
    }

    /** Days, hours and minutes together: three days, whose first and last are there in part. */
    @Test
    void longPeriodsAddUpFromLongAndShortRows() {
        for (int hours = -60; hours <= 0; hours += 5) {
            UUID id = rows.delivered(
                    Event.plain(tenant, NOON.plus(Duration.ofHours(hours)).plusSeconds(1_830)));
            attempt(id, 1, Duration.ofMillis(5), "delivered", null);
        }
        foldAll();
        Instant from = NOON.minus(Duration.ofMinutes(59 * 60 + 15));
        Instant to = NOON.plus(Duration.ofMinutes(45));

        for (Interval interval : Interval.values()) {
            Statistics read = read(from, to, interval);
            assertThat(total(read)).as("%s", interval).isEqualTo(new Tally(12, 12, 0, 0));
            assertThat(samples(read)).as("%s", interval).isEqualTo(12);
        }
    }

    /** Takes 12 ms, and begins that long after the acceptance. */
    private void attempt(UUID id, int number, Duration after, String outcome, @Nullable String error) {
        rows.execute(
                "INSERT INTO attempt VALUES (?, ?, ?, 12, ?, ?, ?, NULL)",
                id,
                number,
                UuidV7.moment(id).plus(after).atOffset(ZoneOffset.UTC),
                outcome,
                outcome.equals("delivered") ? 200 : 503,
                error);
    }

    /** Until all that is committed by now is in: another may be folding, or a transaction be under way. */
    private void foldAll() {
        Instant now = databaseNow();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            fold.fold().await().atMost(Duration.ofSeconds(10));
            return read(FROM, TO, Interval.HOUR).asOf().isAfter(now);
        });
    }

    private Instant databaseNow() {
        return Instant.ofEpochMilli(rows.count("SELECT ceil(extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
    }

    private Statistics read(Instant from, Instant to, Interval interval) {
        return statistics.read(tenant, from, to, interval, null).await().atMost(Duration.ofSeconds(10));
    }

    private static Tally total(Statistics read) {
        return read.counts().stream().map(Counted::tally).reduce(Tally.NONE, Tally::plus);
    }

    private static long samples(Statistics read) {
        return read.durations().stream()
                .mapToLong(one -> one.delivered().samples())
                .sum();
    }

    private long counted(String condition, Instant to) {
        return rows.count(
                "SELECT count(*) FROM delivery WHERE ims_org = ? AND sandbox_name = ? AND accepted_at >= ?"
                        + " AND accepted_at < ? AND " + condition,
                tenant.imsOrg(),
                tenant.sandboxName(),
                FROM.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC));
    }
}
