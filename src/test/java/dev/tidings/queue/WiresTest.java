package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.Trace;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.Settlement.Outcome;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Traces;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How attempts went: kept once for all that went the same way. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class WiresTest {
    @Inject
    Pool pool;

    @Inject
    DataSource database;

    @Inject
    DeliveryLog log;

    @Inject
    History history;

    private final Tenant tenant = newTenant();
    private final UUID webhook = UUID.randomUUID();
    private DeliveryRows rows;
    private SettleStatement statement;
    private long holder;

    @BeforeEach
    void beginALease() {
        rows = new DeliveryRows(database);
        statement = new SettleStatement(pool);
        holder = rows.node();
    }

    @Test
    void attemptsThatWentTheSameWayShareOneRow() {
        List<UUID> ids = IntStream.range(0, 5)
                .mapToObj(i -> settled(new Outcome.Delivered(), Traces.over("203.0.113.7")))
                .toList();
        statement = new SettleStatement(pool); // Another node, which meets it for the first time.
        settled(new Outcome.Delivered(), Traces.over("203.0.113.7"));

        assertThat(ids.stream().map(id -> traceOf(id).wire()).distinct()).hasSize(1);
        assertThat(wires("true")).isOne();
        assertThat(settled(new Outcome.Delivered(), Traces.over("203.0.113.8"))).isNotNull();
        assertThat(wires("true")).isEqualTo(2);
    }

    @Test
    void aSuccessTellsWhatItsWireHas() {
        Trace sent = Traces.over("203.0.113.7");

        Trace read = traceOf(settled(new Outcome.Delivered(), sent));

        assertThat(read.wire()).isEqualTo(sent.wire().withoutCustomValues());
        assertThat(read.timing()).isEqualTo(sent.timing());
        assertThat(read.reused()).isTrue();
        assertThat(read.answer())
                .as("values that differ from answer to answer are not kept")
                .containsExactly(new HeaderLine("content-type", "text/plain"), new HeaderLine("x-request-id", null));
    }

    @Test
    void aRefusalKeepsItsOwnHeaders() {
        Trace read = traceOf(settled(new Outcome.Failed("no", tenant), Traces.over("203.0.113.7")));

        assertThat(read.answer()).isEqualTo(Traces.over("203.0.113.7").answer());
        assertThat(wires("answer_headers = ''")).isOne();
    }

    @Test
    void valuesOfCustomHeadersAreNotInTheDatabase() {
        settled(new Outcome.Delivered(), Traces.over("203.0.113.7"));

        assertThat(wires("custom_headers = 'X-Api-Key'")).isOne();
        assertThat(wires("wire::text LIKE '%hunter2%'")).isZero();
    }

    @Test
    void aWebhookWithVeryManyWiresKeepsSomeOfThem() {
        for (int i = 0; i < Wires.MOST_OF_ONE + 10; i++) {
            settled(new Outcome.Delivered(), Traces.over("203.0.113." + i));
        }

        assertThat(wires("true")).isEqualTo(Wires.MOST_OF_ONE);
    }

    @Test
    void anAttemptIsRecordedEvenIfItsWireIsNot() {
        List<LocalDate> asked = new ArrayList<>();
        var wires = new Wires((fresh, day) -> {
            asked.add(day);
            return Uni.createFrom().failure(new IllegalStateException("the table is away"));
        });
        Settlement one = settlement(queued(), new Outcome.Delivered(), Traces.over("203.0.113.7"));

        assertThat(wires.of(List.of(one)).await().atMost(Duration.ofSeconds(5))).containsExactly((Long) null);
        assertThat(wires.of(List.of(one)).await().atMost(Duration.ofSeconds(5))).containsExactly((Long) null);
        assertThat(asked).as("the next attempt tries again").hasSize(2);
    }

    @Test
    void goesWithTheAttemptsThatNamedIt() {
        settled(new Outcome.Delivered(), Traces.over("203.0.113.7"));
        LocalDate day = NOON.atOffset(ZoneOffset.UTC).toLocalDate();

        history.dropBefore(day.minusDays(400), day.minusDays(400)).await().atMost(Duration.ofSeconds(10));
        assertThat(wires("used_on = '" + day + "'")).isOne();
        rows.count(
                "WITH old AS (UPDATE wire SET used_on = '2001-01-01' WHERE webhook_id = ? RETURNING 1)"
                        + " SELECT count(*) FROM old",
                webhook);
        history.dropBefore(LocalDate.parse("2001-01-03"), LocalDate.parse("2001-01-03"))
                .await()
                .atMost(Duration.ofSeconds(10));
        assertThat(wires("true")).isZero();
    }

    private UUID settled(Outcome outcome, Trace trace) {
        UUID id = queued();
        assertThat(statement
                        .run(List.of(settlement(id, outcome, trace)))
                        .await()
                        .atMost(Duration.ofSeconds(10)))
                .containsExactly(true);
        return id;
    }

    private UUID queued() {
        return rows.delivering(Event.plain(tenant, NOON), holder);
    }

    private Settlement settlement(UUID id, Outcome outcome, Trace trace) {
        var delivery = new Delivery(id, webhook, holder, id.toString(), new byte[0], new Delivery.Progress(0, 0, NOON));
        return new Settlement(delivery, NOON, Duration.ofMillis(7), outcome, 200, null, "thanks", trace);
    }

    private Trace traceOf(UUID id) {
        @Nullable DeliveryDetail found = log.find(tenant, id).await().atMost(Duration.ofSeconds(10));
        return Objects.requireNonNull(
                Objects.requireNonNull(found).attempts().getFirst().trace());
    }

    private long wires(String condition) {
        return rows.count("SELECT count(*) FROM wire WHERE webhook_id = ? AND " + condition, webhook);
    }
}
