package dev.tidings.queue;

import dev.tidings.attempt.HeaderLine;
import dev.tidings.queue.Settlement.Outcome;
import dev.tidings.queue.Settlement.Outcome.Failed;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The results of many attempts in one statement. */
final class SettleStatement {

    /*
     * Only rows that still name the holder count, so a second run finds nothing to do (idempotent), and so does a node
     * that was declared dead (fencing). Each delivery is in a batch at most once: it has one attempt at a time.
     *
     * The events are not asked for the tenants of what failed: a statement opens all partitions of what it joins, and with a
     * month of them that took longer than all the rest.
     *
     * The plan is kept, and may have been made while the queue was empty: then any way through it seems as short as another.
     * So only one is open, along the primary key for these deliveries. A bare holder would open another, the index queue_held;
     * and what is true is looked up in a table of hashes, where a bare condition would be a join, each with each.
     */
    static final String SETTLE = """
            WITH result AS (
              SELECT *
                FROM unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::timestamptz[], $5::integer[], $6::text[],
                            $7::smallint[], $8::text[], $9::text[], $10::timestamptz[], $11::text[],
                            $12::bigint[], $13::boolean[], $14::smallint[], $15::smallint[], $16::smallint[],
                            $17::text[], $18::text[], $19::text[])
                  AS r (delivery_id, holder, number, started_at, duration_millis, outcome,
                        status_code, error, response_body, due_at, failure,
                        wire, reused, resolved_millis, connected_millis, answered_millis,
                        answer_headers, ims_org, sandbox_name)
            ), finished AS (
              DELETE FROM queue q
               WHERE q.delivery_id = ANY ($1::uuid[])
                 AND ((q.delivery_id, coalesce(q.holder, 0)) IN (SELECT delivery_id, holder
                                                                   FROM result
                                                                  WHERE outcome IN ('delivered', 'failed'))) IS TRUE
              RETURNING q.delivery_id
            ), kept AS (
              UPDATE queue q
                 SET attempts = r.number,
                     retries = CASE WHEN r.due_at IS NULL THEN q.retries ELSE q.retries + 1 END,
                     due_at = coalesce(r.due_at, q.due_at),
                     holder = CASE WHEN r.due_at IS NULL THEN q.holder END
                FROM result r
               WHERE q.delivery_id = ANY (ARRAY(SELECT delivery_id FROM result WHERE outcome = 'retrying'))
                 AND q.delivery_id = r.delivery_id
                 AND coalesce(q.holder, 0) = r.holder
                 AND r.outcome = 'retrying'
              RETURNING q.delivery_id
            ), settled AS (
              SELECT delivery_id FROM finished
              UNION ALL
              SELECT delivery_id FROM kept
            ), logged AS (
              INSERT INTO attempt (delivery_id, number, started_at, duration_millis, outcome, status_code, error,
                                   response_body, wire, reused, resolved_millis, connected_millis, answered_millis,
                                   answer_headers)
              SELECT delivery_id, number, started_at, duration_millis, outcome, status_code, error,
                     response_body, wire, reused, resolved_millis, connected_millis, answered_millis,
                     answer_headers
                FROM result
                JOIN settled USING (delivery_id)
            ), failed AS (
              INSERT INTO failed_delivery (delivery_id, ims_org, sandbox_name, failed_at, reason)
              SELECT delivery_id, ims_org, sandbox_name, started_at, failure
                FROM result
                JOIN finished USING (delivery_id)
               WHERE failure IS NOT NULL
              ON CONFLICT (delivery_id) DO NOTHING
            )
            SELECT delivery_id FROM settled
            """;

    private final Pool pool;
    private final Wires wires;

    SettleStatement(Pool pool) {
        this.pool = pool;
        this.wires = new Wires(new WireStatement(pool));
    }

    /** Answers, in the order of the settlements, whether each counted. */
    Uni<List<Boolean>> run(List<Settlement> settlements) {
        return wires.of(settlements)
                .chain(known -> pool.preparedQuery(SETTLE).execute(arguments(settlements, known)))
                .map(SettleStatement::ids)
                .map(settled -> settlements.stream()
                        .map(s -> settled.contains(s.delivery().id()))
                        .toList());
    }

    private static Set<UUID> ids(Iterable<Row> rows) {
        Set<UUID> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }

    private static Tuple arguments(List<Settlement> settlements, List<@Nullable Long> known) {
        return Tuple.from(List.of(
                column(settlements, UUID[]::new, s -> s.delivery().id()),
                column(settlements, Long[]::new, s -> s.delivery().holder()),
                column(settlements, Short[]::new, s -> (short) s.delivery().nextAttempt()),
                column(settlements, OffsetDateTime[]::new, s -> s.startedAt().atOffset(ZoneOffset.UTC)),
                column(
                        settlements,
                        Integer[]::new,
                        s -> Math.toIntExact(s.took().toMillis())),
                column(settlements, String[]::new, s -> word(s.outcome())),
                column(
                        settlements,
                        Short[]::new,
                        s -> s.statusCode() == null ? null : s.statusCode().shortValue()),
                column(settlements, String[]::new, Settlement::error),
                column(settlements, String[]::new, Settlement::responseBody),
                column(settlements, OffsetDateTime[]::new, s -> dueAt(s.outcome())),
                column(settlements, String[]::new, s -> failed(s, Failed::reason)),
                known.toArray(Long[]::new),
                column(
                        settlements,
                        Boolean[]::new,
                        s -> s.trace().timing().connected() == null
                                ? null
                                : s.trace().reused()),
                column(settlements, Short[]::new, s -> millis(s.trace().timing().resolved())),
                column(settlements, Short[]::new, s -> millis(s.trace().timing().connected())),
                column(settlements, Short[]::new, s -> millis(s.trace().timing().answered())),
                column(settlements, String[]::new, SettleStatement::answerHeaders),
                column(
                        settlements,
                        String[]::new,
                        s -> failed(s, failed -> failed.tenant().imsOrg())),
                column(
                        settlements,
                        String[]::new,
                        s -> failed(s, failed -> failed.tenant().sandboxName()))));
    }

    /** An attempt takes ten seconds; where it is allowed more than a column of this size holds, the most is told. */
    private static @Nullable Short millis(@Nullable Integer millis) {
        return millis == null ? null : (short) Math.min(millis, Short.MAX_VALUE);
    }

    /** Those of a success are with the wire, once for many. */
    private static @Nullable String answerHeaders(Settlement settlement) {
        List<HeaderLine> headers = settlement.trace().answer();
        return settlement.outcome() instanceof Outcome.Delivered || headers.isEmpty()
                ? null
                : HeaderLines.text(headers);
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> "delivered";
            case Failed failed -> "failed";
            case Outcome.Retrying retrying -> "retrying";
            case Outcome.Again again -> "retrying";
        };
    }

    private static @Nullable OffsetDateTime dueAt(Outcome outcome) {
        return outcome instanceof Outcome.Retrying retrying ? retrying.dueAt().atOffset(ZoneOffset.UTC) : null;
    }

    private static @Nullable String failed(Settlement settlement, Function<Failed, String> value) {
        return settlement.outcome() instanceof Failed failed ? value.apply(failed) : null;
    }

    private static <T extends @Nullable Object> T[] column(
            List<Settlement> settlements, IntFunction<T[]> array, Function<Settlement, T> value) {
        return settlements.stream().map(value).toArray(array);
    }
}
