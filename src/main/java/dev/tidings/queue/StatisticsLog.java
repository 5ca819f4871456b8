package dev.tidings.queue;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.Spans.Span;
import dev.tidings.queue.Statistics.Counted;
import dev.tidings.queue.Statistics.Durations;
import dev.tidings.queue.Statistics.Reason;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Answers a tenant's statistics from what was folded, and from the queue; the log itself is not read. */
@ApplicationScoped
public class StatisticsLog {

    /** All questions of one answer see the same fold. */
    private static final String ONE_MOMENT = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
            """;

    private static final String AS_OF = """
            SELECT as_of
              FROM statistics_watermark
            """;

    /*
     * Each span is a range of the primary key, as in the two that follow. OFFSET keeps the planner from making a join of
     * it, which it would run as a pass over the whole table.
     */
    private static final String COUNTS = """
            SELECT date_trunc($6, t.begins, 'UTC') AS bucket, t.channel, t.feedback_status,
                   sum(t.accepted)::bigint AS accepted, sum(t.delivered)::bigint AS delivered,
                   sum(t.failed)::bigint AS failed, sum(t.skipped)::bigint AS skipped
              FROM unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) AS s (span, first, beyond)
             CROSS JOIN LATERAL (
               SELECT begins, channel, feedback_status, accepted, delivered, failed, skipped
                 FROM tally
                WHERE ims_org = $1
                  AND sandbox_name = $2
                  AND span = s.span
                  AND begins >= s.first
                  AND begins < s.beyond
               OFFSET 0
             ) AS t
             GROUP BY bucket, t.channel, t.feedback_status
             ORDER BY bucket
            """;

    private static final String DURATIONS = """
            SELECT date_trunc($6, t.begins, 'UTC') AS bucket, t.delivered, t.attempts
              FROM unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) AS s (span, first, beyond)
             CROSS JOIN LATERAL (
               SELECT begins, delivered, attempts
                 FROM tally_latency
                WHERE ims_org = $1
                  AND sandbox_name = $2
                  AND span = s.span
                  AND begins >= s.first
                  AND begins < s.beyond
               OFFSET 0
             ) AS t
             ORDER BY bucket
            """;

    private static final String REASONS = """
            SELECT t.reason, sum(t.attempts)::bigint AS attempts, sum(t.failed)::bigint AS failed
              FROM unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) AS s (span, first, beyond)
             CROSS JOIN LATERAL (
               SELECT reason, attempts, failed
                 FROM tally_reason
                WHERE ims_org = $1
                  AND sandbox_name = $2
                  AND span = s.span
                  AND begins >= s.first
                  AND begins < s.beyond
               OFFSET 0
             ) AS t
             GROUP BY t.reason
             ORDER BY sum(t.attempts) DESC, t.reason
             LIMIT 10
            """;

    /*
     * The two lanes along the index queue_due, from the longest due row on, each up to a bound; what is held by the
     * index queue_held, which has no more than fits in the nodes' memory. A backlog of millions costs no more.
     */
    private static final String WAITING = """
            WITH lane AS (
              SELECT l.retrying, q.delivery_id, q.due_at
                FROM (VALUES (false), (true)) AS l (retrying)
               CROSS JOIN LATERAL (
                 SELECT delivery_id, due_at
                   FROM queue
                  WHERE webhook_id = $1
                    AND (retries > 0) = l.retrying
                    AND holder IS NULL
                  ORDER BY due_at
                  LIMIT 10000
               ) AS q
            )
            SELECT count(*) FILTER (WHERE NOT retrying AND delivery_id >= $2 AND delivery_id < $3) AS pending,
                   count(*) FILTER (WHERE NOT retrying) = 10000 AS more_pending,
                   count(*) FILTER (WHERE retrying AND delivery_id >= $2 AND delivery_id < $3) AS retrying,
                   count(*) FILTER (WHERE retrying) = 10000 AS more_retrying,
                   count(*) FILTER (WHERE due_at <= clock_timestamp()) AS late,
                   min(due_at) FILTER (WHERE due_at <= clock_timestamp()) AS oldest_due,
                   (SELECT count(*)
                      FROM queue
                     WHERE holder IS NOT NULL
                       AND webhook_id = $1
                       AND delivery_id >= $2
                       AND delivery_id < $3) AS delivering
              FROM lane
            """;

    private final Pool pool;

    StatisticsLog(Pool pool) {
        this.pool = pool;
    }

    /**
     * The statistics of what was accepted from {@code from} and before {@code to}, both whole minutes.
     *
     * @param webhookId the tenant's webhook, or {@code null} when it has none
     */
    public Uni<Statistics> read(Tenant tenant, Instant from, Instant to, Interval interval, @Nullable UUID webhookId) {
        List<Span> spans = Spans.of(from, to, interval);
        IdRange ids = IdRange.of(new DeliveryFilter.Period(from, to), null);
        return pool.withTransaction(connection -> connection
                .query(ONE_MOMENT)
                .execute()
                .chain(() -> Uni.combine()
                        .all()
                        .unis(
                                ask(connection, AS_OF, Tuple.tuple(), row -> moment(row, "as_of")),
                                ask(connection, COUNTS, bucketed(tenant, spans, interval), StatisticsLog::counted),
                                ask(connection, DURATIONS, bucketed(tenant, spans, interval), StatisticsLog::durations),
                                ask(connection, REASONS, all(tenant, spans), StatisticsLog::reason),
                                ask(connection, WAITING, queued(webhookId, ids), StatisticsLog::waiting))
                        .with((asOf, counts, durations, reasons, waiting) ->
                                new Statistics(asOf.getFirst(), counts, durations, reasons, waiting.getFirst()))));
    }

    private static <T> Uni<List<T>> ask(SqlConnection connection, String sql, Tuple arguments, Function<Row, T> read) {
        return connection.preparedQuery(sql).execute(arguments).map(rows -> list(rows, read));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static Tuple bucketed(Tenant tenant, List<Span> spans, Interval interval) {
        return all(tenant, spans).addString(interval.value());
    }

    private static Tuple all(Tenant tenant, List<Span> spans) {
        return Tuple.from(List.of(
                tenant.imsOrg(),
                tenant.sandboxName(),
                spans.stream().map(span -> span.of().value()).toArray(String[]::new),
                spans.stream().map(span -> utc(span.first())).toArray(OffsetDateTime[]::new),
                spans.stream().map(span -> utc(span.beyond())).toArray(OffsetDateTime[]::new)));
    }

    private static Tuple queued(@Nullable UUID webhookId, IdRange ids) {
        return Tuple.of(webhookId, ids.from(), ids.before());
    }

    private static Counted counted(Row row) {
        return new Counted(
                moment(row, "bucket"),
                row.getString("channel"),
                row.getString("feedback_status"),
                new Tally(
                        row.getLong("accepted"),
                        row.getLong("delivered"),
                        row.getLong("failed"),
                        row.getLong("skipped")));
    }

    private static Durations durations(Row row) {
        return new Durations(
                moment(row, "bucket"),
                Histogram.of(row.getArrayOfIntegers("delivered")),
                Histogram.of(row.getArrayOfIntegers("attempts")));
    }

    private static Reason reason(Row row) {
        return new Reason(row.getString("reason"), row.getLong("attempts"), row.getLong("failed"));
    }

    private static Waiting waiting(Row row) {
        OffsetDateTime oldest = row.get(OffsetDateTime.class, "oldest_due");
        return new Waiting(
                new Waiting.Lane(row.getLong("pending"), row.getBoolean("more_pending")),
                new Waiting.Lane(row.getLong("retrying"), row.getBoolean("more_retrying")),
                row.getLong("delivering"),
                row.getLong("late"),
                oldest == null ? null : oldest.toInstant());
    }

    private static Instant moment(Row row, String column) {
        return row.get(OffsetDateTime.class, column).toInstant();
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
