package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the statistics: folds in what the log has got since its watermark.
 *
 * <p>Concurrency: counts and watermark change in one transaction, so a crash leaves both as they were, and nothing is
 * counted twice or left out. The first statement takes a lock that lasts as long; a node that does not get it does
 * nothing. Each statement sees the moment at which it begins, and the recordings that it folds had ended before.
 */
@ApplicationScoped
public class StatisticsFold {
    /** How many recordings one transaction folds in: what was missed meanwhile is done in bites. */
    private static final long BITE = 5_000;
    /** Bites grow while they turn out empty: other databases of the server use up numbers too. */
    private static final long LARGEST_BITE = BITE << 20;

    private static final String NEXT = """
            SELECT first, beyond, more, begun, begun_at
              FROM next_fold($1)
            """;

    /*
     * What had begun by then is counted once the watermark has passed it: the answer's asOf. While something is under
     * way, that is the moment of an earlier fold.
     */
    private static final String ADVANCE = """
            UPDATE statistics_watermark
               SET folded = $1::bigint,
                   as_of = CASE
                             WHEN $2::bigint <= $1::bigint THEN $3::timestamptz
                             WHEN seen <= $1::bigint THEN seen_at
                             ELSE as_of
                           END,
                   seen = CASE WHEN seen <= $1::bigint THEN $2::bigint ELSE seen END,
                   seen_at = CASE WHEN seen <= $1::bigint THEN $3::timestamptz ELSE seen_at END
            """;

    /*
     * New rows at the end of a partition are read one by one until they are summed up. That waits for a vacuum, and would
     * have it cancelled after a second.
     */
    private static final String SUM_UP_SOON = "SET LOCAL lock_timeout = '200ms'";

    private static final String SUM_UP = """
            SELECT sum(brin_summarize_new_values(i.inhrelid))
              FROM pg_inherits i
             WHERE i.inhparent IN ('event_recorded'::regclass, 'attempt_recorded'::regclass)
            """;

    private static final String DROP = """
            WITH counts AS (
              DELETE FROM tally WHERE begins < $1::date::timestamp AT TIME ZONE 'UTC'
            ), latencies AS (
              DELETE FROM tally_latency WHERE begins < $1::date::timestamp AT TIME ZONE 'UTC'
            )
            DELETE FROM tally_reason WHERE begins < $1::date::timestamp AT TIME ZONE 'UTC'
            """;

    private record Range(long first, long beyond, boolean more, long begun, OffsetDateTime begunAt) {}

    private final Pool pool;
    private final AtomicLong folded = new AtomicLong();

    StatisticsFold(Pool pool) {
        this.pool = pool;
    }

    /** Folds in all that has ended by now; answers how many rows that was. None when another node is at it. */
    public Uni<Long> fold() {
        return fold(BITE);
    }

    /**
     * Has the database sum up where the newest rows are, for the next fold: without it that becomes slower, and stays
     * right. Fails while the newest rows are vacuumed, which sums up too.
     */
    public Uni<Void> sumUp() {
        return pool.withTransaction(connection -> connection
                .query(SUM_UP_SOON)
                .execute()
                .chain(() -> connection.query(SUM_UP).execute())
                .replaceWithVoid());
    }

    /** Drops what was counted for the time before that day (UTC). */
    public Uni<Void> dropBefore(LocalDate firstKept) {
        return pool.preparedQuery(DROP).execute(Tuple.of(firstKept)).replaceWithVoid();
    }

    /** How many rows this node has folded in since it started. */
    public long folded() {
        return folded.get();
    }

    private Uni<Long> fold(long bite) {
        return pool.withTransaction(connection -> step(connection, bite)).chain(done -> {
            folded.addAndGet(done.rows);
            if (!done.more) {
                return Uni.createFrom().item(done.rows);
            }
            long next = done.rows == 0 ? Math.min(2 * bite, LARGEST_BITE) : BITE;
            return fold(next).map(rest -> rest + done.rows);
        });
    }

    private record Step(long rows, boolean more) {}

    private Uni<Step> step(SqlConnection connection, long bite) {
        return connection
                .preparedQuery(NEXT)
                .execute(Tuple.of(bite))
                .map(StatisticsFold::range)
                .chain(range -> range == null
                        ? Uni.createFrom().item(new Step(0, false))
                        : fold(connection, range).map(rows -> new Step(rows, range.more)));
    }

    private Uni<Long> fold(SqlConnection connection, Range range) {
        return FoldStatement.run(connection, range.first, range.beyond)
                .call(() ->
                        connection.preparedQuery(ADVANCE).execute(Tuple.of(range.beyond, range.begun, range.begunAt)));
    }

    private static @Nullable Range range(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Range(
                row.getLong("first"),
                row.getLong("beyond"),
                row.getBoolean("more"),
                row.getLong("begun"),
                row.get(OffsetDateTime.class, "begun_at"));
    }
}
