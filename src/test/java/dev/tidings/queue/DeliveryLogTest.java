package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackStatus;
import dev.tidings.feedback.SkipReason;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryFilter.Correlation;
import dev.tidings.queue.DeliveryFilter.Period;
import dev.tidings.queue.DeliveryState.Kind;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class DeliveryLogTest {
    private static final Correlation ANY = new Correlation(null, null, null);
    private static final Period EVER = new Period(null, null);

    @Inject
    DeliveryLog log;

    @Inject
    DataSource database;

    @Inject
    Pool pool;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @ParameterizedTest
    @EnumSource
    void findsTheDeliveriesOfAState(Kind kind) {
        oneOfEachState(newTenant());
        UUID expected = oneOfEachState(tenant).get(kind);

        LogPage page = page(new DeliveryFilter(kind, null, null, ANY, EVER));

        assertThat(page.items()).extracting(LoggedDelivery::id).containsExactly(expected);
        assertThat(page.items().getFirst().state().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource
    void statesAndIdsNarrowTogether(Kind kind) {
        UUID expected = oneOfEachState(tenant).get(kind);

        assertThat(idsOf(new DeliveryFilter(kind, null, null, new Correlation(null, "request-1", null), EVER)))
                .containsExactly(expected);
        assertThat(idsOf(new DeliveryFilter(kind, null, null, new Correlation(null, null, "HUMA-1"), EVER)))
                .containsExactly(expected);
        assertThat(idsOf(new DeliveryFilter(
                        kind, Channel.EMAIL, FeedbackStatus.BOUNCE, new Correlation("campaign-1", null, null), EVER)))
                .containsExactly(expected);
        assertThat(idsOf(new DeliveryFilter(kind, Channel.SMS, null, ANY, EVER)))
                .isEmpty();
        assertThat(idsOf(new DeliveryFilter(kind, null, FeedbackStatus.SENT, ANY, EVER)))
                .isEmpty();
        assertThat(idsOf(new DeliveryFilter(kind, null, null, new Correlation("campaign-2", null, null), EVER)))
                .isEmpty();
        assertThat(idsOf(new DeliveryFilter(kind, null, null, ANY, new Period(NOON.plusSeconds(1), null))))
                .isEmpty();
    }

    @Test
    void filtersNarrowByWhatTheEventSays() {
        UUID email = rows.delivered(event(0).about("email", "bounce").from("c1", "r1", "e1"));
        UUID sms = rows.delivered(event(1).about("sms", "sent").from("c2", "r2", "e2"));

        assertThat(idsOf(DeliveryFilter.ALL)).containsExactly(sms, email);
        assertThat(idsOf(new DeliveryFilter(null, Channel.SMS, null, ANY, EVER)))
                .containsExactly(sms);
        assertThat(idsOf(new DeliveryFilter(null, null, FeedbackStatus.BOUNCE, ANY, EVER)))
                .containsExactly(email);
        assertThat(idsOf(new DeliveryFilter(null, null, FeedbackStatus.OUT_OF_BAND, ANY, EVER)))
                .as("a late bounce is logged as a bounce")
                .containsExactly(email);
        assertThat(idsOf(new DeliveryFilter(null, null, null, new Correlation("c2", null, null), EVER)))
                .containsExactly(sms);
        assertThat(idsOf(new DeliveryFilter(null, null, null, new Correlation(null, "r1", null), EVER)))
                .containsExactly(email);
        assertThat(idsOf(new DeliveryFilter(null, null, null, new Correlation(null, null, "e2"), EVER)))
                .containsExactly(sms);
        assertThat(idsOf(new DeliveryFilter(null, null, null, new Correlation("c1", "r1", "e2"), EVER)))
                .isEmpty();
    }

    @Test
    void aPeriodIncludesItsBeginAndNotItsEnd() {
        UUID first = rows.delivered(event(0));
        UUID second = rows.delivered(event(1));
        UUID third = rows.delivered(event(2));

        assertThat(idsOf(accepted(NOON.plusSeconds(1), null))).containsExactly(third, second);
        assertThat(idsOf(accepted(null, NOON.plusSeconds(1)))).containsExactly(first);
        assertThat(idsOf(accepted(NOON.plusSeconds(1), NOON.plusSeconds(2)))).containsExactly(second);
    }

    @Test
    void pagesThroughAThousandWithoutGapOrRepeatWhileNewOnesArrive() {
        List<UUID> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            // Five to a millisecond: the clock alone does not order them.
            expected.addFirst(rows.delivered(Event.plain(tenant, NOON.plusMillis(i / 5))));
        }
        expected.sort((a, b) -> b.toString().compareTo(a.toString()));

        List<UUID> seen = new ArrayList<>();
        UUID after = null;
        LogPage page;
        do {
            page = await(after, 70);
            page.items().forEach(d -> seen.add(d.id()));
            after = page.items().getLast().id();
            rows.delivered(event(3_600 + seen.size()));
        } while (page.more());

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void aPageLooksAtSoManyAndLeavesTheRestToTheNext() {
        UUID oldest = rows.delivered(event(0));
        for (int i = 1; i <= 25; i++) {
            rows.pending(event(i), NOON);
        }
        var few = new DeliveryLog(pool, 10);
        List<Integer> sizes = new ArrayList<>();
        List<UUID> seen = new ArrayList<>();

        UUID after = null;
        do {
            LogPage page =
                    few.page(tenant, in(Kind.DELIVERED), after, 5).await().atMost(Duration.ofSeconds(10));
            sizes.add(page.items().size());
            page.items().forEach(d -> seen.add(d.id()));
            after = page.next();
        } while (after != null);

        assertThat(sizes).containsExactly(0, 0, 1);
        assertThat(seen).containsExactly(oldest);
    }

    @Test
    void whatLiesUnderABacklogIsFoundInPagesOfASecondAtMost() {
        UUID oldest = rows.delivered(event(0));
        rows.backlog(tenant, 60_000);

        List<UUID> seen = new ArrayList<>();
        UUID after = null;
        int pages = 0;
        do {
            long begun = System.nanoTime();
            LogPage page =
                    log.page(tenant, in(Kind.DELIVERED), after, 50).await().atMost(Duration.ofSeconds(10));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            page.items().forEach(d -> seen.add(d.id()));
            after = page.next();
            pages++;
        } while (after != null);

        assertThat(seen).containsExactly(oldest);
        assertThat(pages).isEqualTo(2);
        rows.forget(tenant);
    }

    private static DeliveryFilter in(Kind kind) {
        return new DeliveryFilter(kind, null, null, ANY, EVER);
    }

    @Test
    void aPageThatEndsWithTheLastOnePromisesNoMore() {
        rows.delivered(event(0));
        rows.delivered(event(1));

        assertThat(await(null, 1).more()).isTrue();
        assertThat(await(null, 2).more()).isFalse();
    }

    @Test
    void theDetailHasThePayloadToTheByteAndTheAttemptsInOrder() {
        UUID id = rows.retrying(event(0), NOON.plusSeconds(60), 2);
        rows.attempt(id, 2, "retrying", null, "No connection");
        rows.attempt(id, 1, "retrying", 503, "The endpoint answered 503");

        DeliveryDetail detail = find(tenant, id);

        assertThat(detail).isNotNull();
        assertThat(new String(detail.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"z\":1.50,\"a\":null}");
        assertThat(detail.attempts()).extracting(LoggedAttempt::number).containsExactly(1, 2);
        assertThat(detail.attempts().getFirst().statusCode()).isEqualTo(503);
        assertThat(detail.delivery().state()).isEqualTo(new DeliveryState.Retrying(NOON.plusSeconds(60)));
        assertThat(detail.delivery().attempts()).isEqualTo(2);
        assertThat(detail.delivery().last()).isNotNull().satisfies(last -> {
            assertThat(last.statusCode()).isNull();
            assertThat(last.error()).isEqualTo("No connection");
        });
    }

    @Test
    void theEventsIdIsTheCallersElseTheDeliverys() {
        UUID own = rows.delivered(event(0).withEventId("order-7"));
        UUID given = rows.skipped(event(1), SkipReason.CAMPAIGN_UNKNOWN);

        assertThat(find(tenant, own).delivery().about().eventId()).isEqualTo("order-7");
        assertThat(find(tenant, given).delivery().about().eventId()).isEqualTo(given.toString());
        assertThat(find(tenant, given).delivery().webhookId()).isNull();
    }

    @Test
    void anotherTenantsDeliveryIsUnknown() {
        UUID id = rows.failed(event(0), "no");

        assertThat(find(new Tenant(tenant.imsOrg(), "dev"), id)).isNull();
        assertThat(find(newTenant(), id)).isNull();
        assertThat(find(tenant, UUID.randomUUID())).isNull();
    }

    private Map<Kind, UUID> oneOfEachState(Tenant owner) {
        return Map.of(
                Kind.PENDING, rows.pending(Event.plain(owner, NOON), NOON),
                Kind.DELIVERING, rows.delivering(Event.plain(owner, NOON), rows.node()),
                Kind.RETRYING, rows.retrying(Event.plain(owner, NOON), NOON, 1),
                Kind.DELIVERED, rows.delivered(Event.plain(owner, NOON)),
                Kind.FAILED, rows.failed(Event.plain(owner, NOON), "The endpoint answered 404"),
                Kind.SKIPPED, rows.skipped(Event.plain(owner, NOON), SkipReason.NO_WEBHOOK));
    }

    private Event event(int secondsAfterNoon) {
        return Event.plain(tenant, NOON.plusSeconds(secondsAfterNoon));
    }

    private static DeliveryFilter accepted(@Nullable Instant from, @Nullable Instant to) {
        return new DeliveryFilter(null, null, null, ANY, new Period(from, to));
    }

    private List<UUID> idsOf(DeliveryFilter filter) {
        return page(filter).items().stream().map(LoggedDelivery::id).toList();
    }

    private LogPage page(DeliveryFilter filter) {
        return log.page(tenant, filter, null, 50).await().atMost(Duration.ofSeconds(10));
    }

    private LogPage await(@Nullable UUID after, int limit) {
        return log.page(tenant, DeliveryFilter.ALL, after, limit).await().atMost(Duration.ofSeconds(10));
    }

    private DeliveryDetail find(Tenant owner, UUID id) {
        return log.find(owner, id).await().atMost(Duration.ofSeconds(10));
    }
}
