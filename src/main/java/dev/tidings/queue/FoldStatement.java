package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Counts what a range of recordings wrote, and adds it to the statistics. */
final class FoldStatement {

    /*
     * The new rows are found by the indexes event_recorded and attempt_recorded; an attempt's event is looked up by its
     * primary key, row by row (LATERAL with LIMIT), so that no plan passes over the log. Whoever runs this holds the lock
     * of next_fold(): nobody else writes these tables.
     *
     * Rows are counted by the minute first, and the minutes' counts added to their hours and days: what is done for each row
     * takes from what can be delivered.
     *
     * A latency counts once: not again for an attempt after a redelivery. No minute gets more than twenty new reasons
     * from one fold: an endpoint with ever new words does not fill the table.
     *
     * An attempt counts for the health of the tenant's webhook as it is now, unless it was made before that was armed.
     */
    private static final String FOLD = """
            WITH accepted AS (
              SELECT ims_org, sandbox_name, date_bin('1 minute', accepted_at, 'epoch') AS minute, channel, feedback_status,
                     count(*) AS accepted, 0 AS delivered, 0 AS failed, count(skip_reason) AS skipped
                FROM event
               WHERE recorded_in >= $1
                 AND recorded_in < $2
               GROUP BY ims_org, sandbox_name, minute, channel, feedback_status
            ), attempted AS MATERIALIZED (
              SELECT e.*, date_bin('1 minute', e.accepted_at, 'epoch') AS minute, a.outcome, a.duration_millis, a.started_at,
                     CASE
                       WHEN a.outcome <> 'delivered' THEN NULL
                       WHEN a.number > 1 AND EXISTS (
                         SELECT FROM (
                           SELECT outcome
                             FROM attempt b
                            WHERE b.delivery_id = a.delivery_id
                              AND b.number < a.number
                            ORDER BY number
                            LIMIT 1000
                         ) AS earlier
                          WHERE earlier.outcome <> 'retrying'
                       ) THEN NULL
                       ELSE extract(epoch FROM a.started_at - e.accepted_at) * 1000 + a.duration_millis
                     END AS millis,
                     left(coalesce(a.error, 'The endpoint answered ' || a.status_code, 'No answer'), 200) AS reason
                FROM attempt a
               CROSS JOIN LATERAL (
                 SELECT ims_org, sandbox_name, accepted_at, channel, feedback_status
                   FROM event
                  WHERE id = a.delivery_id
                    AND recorded_in IS NOT NULL
                  LIMIT 1
               ) AS e
               WHERE a.recorded_in >= $1
                 AND a.recorded_in < $2
            ), taken AS (
              DELETE FROM state_change
              RETURNING delivery_id, state, change, reason
            ), changed AS MATERIALIZED (
              SELECT e.*, date_bin('1 minute', e.accepted_at, 'epoch') AS minute, t.state, t.change, t.reason
                FROM taken t
               CROSS JOIN LATERAL (
                 SELECT ims_org, sandbox_name, accepted_at, channel, feedback_status
                   FROM event
                  WHERE id = t.delivery_id
                    AND recorded_in IS NOT NULL
                  LIMIT 1
               ) AS e
            ), happened AS (
              SELECT * FROM accepted
              UNION ALL
              SELECT ims_org, sandbox_name, minute, channel, feedback_status,
                     0, count(*) FILTER (WHERE outcome = 'delivered'), count(*) FILTER (WHERE outcome = 'failed'), 0
                FROM attempted
               WHERE outcome <> 'retrying'
               GROUP BY ims_org, sandbox_name, minute, channel, feedback_status
              UNION ALL
              SELECT ims_org, sandbox_name, minute, channel, feedback_status,
                     0,
                     CASE WHEN state = 'delivered' THEN change ELSE 0 END,
                     CASE WHEN state = 'failed' THEN change ELSE 0 END,
                     0
                FROM changed
            ), counted AS (
              INSERT INTO tally AS old (ims_org, sandbox_name, span, begins, channel, feedback_status,
                                        accepted, delivered, failed, skipped)
              SELECT ims_org, sandbox_name, span, date_trunc(span, minute, 'UTC') AS begins,
                     channel, feedback_status, sum(accepted), sum(delivered), sum(failed), sum(skipped)
                FROM happened
               CROSS JOIN (VALUES ('minute'), ('hour'), ('day')) AS s (span)
               GROUP BY ims_org, sandbox_name, span, begins, channel, feedback_status
              ON CONFLICT (ims_org, sandbox_name, span, begins, channel, feedback_status) DO UPDATE
                 SET accepted = old.accepted + excluded.accepted,
                     delivered = old.delivered + excluded.delivered,
                     failed = old.failed + excluded.failed,
                     skipped = old.skipped + excluded.skipped
            ), took AS (
              SELECT ims_org, sandbox_name, minute, 'delivered' AS kind, latency_bucket(millis) AS bucket, count(*) AS number
                FROM attempted
               WHERE millis IS NOT NULL
               GROUP BY ims_org, sandbox_name, minute, bucket
              UNION ALL
              SELECT ims_org, sandbox_name, minute, 'attempts', latency_bucket(duration_millis) AS bucket, count(*)
                FROM attempted
               GROUP BY ims_org, sandbox_name, minute, bucket
            ), latencies AS (
              SELECT ims_org, sandbox_name, span, date_trunc(span, minute, 'UTC') AS begins, kind, bucket,
                     sum(number)::bigint AS number
                FROM took
               CROSS JOIN (VALUES ('minute'), ('hour'), ('day')) AS s (span)
               GROUP BY ims_org, sandbox_name, span, begins, kind, bucket
            ), timed AS (
              INSERT INTO tally_latency AS old (ims_org, sandbox_name, span, begins, delivered, attempts)
              SELECT ims_org, sandbox_name, span, begins,
                     coalesce(histogram(bucket, number) FILTER (WHERE kind = 'delivered'), '{}'),
                     coalesce(histogram(bucket, number) FILTER (WHERE kind = 'attempts'), '{}')
                FROM latencies
               GROUP BY ims_org, sandbox_name, span, begins
              ON CONFLICT (ims_org, sandbox_name, span, begins) DO UPDATE
                 SET delivered = add_counts(old.delivered, excluded.delivered),
                     attempts = add_counts(old.attempts, excluded.attempts)
            ), healthy AS (
              INSERT INTO webhook_attempts AS old (webhook_id, armed_at, begins, attempts, failing)
              SELECT w.id, w.armed_at, date_bin('10 minutes', a.started_at, 'epoch') AS begins,
                     count(*), count(*) FILTER (WHERE a.outcome <> 'delivered')
                FROM attempted a
                JOIN webhook w ON w.ims_org = a.ims_org AND w.sandbox_name = a.sandbox_name
               WHERE a.started_at >= w.armed_at
               GROUP BY w.id, w.armed_at, begins
              ON CONFLICT (webhook_id, armed_at, begins) DO UPDATE
                 SET attempts = old.attempts + excluded.attempts,
                     failing = old.failing + excluded.failing
            ), reasons AS (
              SELECT ims_org, sandbox_name, span, begins, reason, attempts, failed,
                     row_number() OVER (PARTITION BY ims_org, sandbox_name, span, begins
                                            ORDER BY failed DESC, attempts DESC) AS place
                FROM (
                  SELECT ims_org, sandbox_name, span, date_trunc(span, minute, 'UTC') AS begins, reason,
                         sum(attempts) AS attempts, sum(failed) AS failed
                    FROM (
                      SELECT ims_org, sandbox_name, minute, reason,
                             count(*) AS attempts, count(*) FILTER (WHERE outcome = 'failed') AS failed
                        FROM attempted
                       WHERE outcome <> 'delivered'
                       GROUP BY ims_org, sandbox_name, minute, reason
                      UNION ALL
                      SELECT ims_org, sandbox_name, minute, reason, 0, 1
                        FROM changed
                       WHERE state = 'failed'
                         AND change = 1
                         AND reason IS NOT NULL
                    ) AS unsuccessful
                   CROSS JOIN (VALUES ('minute'), ('hour'), ('day')) AS s (span)
                   GROUP BY ims_org, sandbox_name, span, begins, reason
                ) AS grouped
            ), explained AS (
              INSERT INTO tally_reason AS old (ims_org, sandbox_name, span, begins, reason, attempts, failed)
              SELECT ims_org, sandbox_name, span, begins,
                     CASE WHEN place <= 20 THEN reason ELSE 'Other reasons' END AS reason,
                     sum(attempts), sum(failed)
                FROM reasons
               GROUP BY ims_org, sandbox_name, span, begins, 5
              ON CONFLICT (ims_org, sandbox_name, span, begins, reason) DO UPDATE
                 SET attempts = old.attempts + excluded.attempts,
                     failed = old.failed + excluded.failed
            )
            SELECT (SELECT coalesce(sum(accepted), 0)::bigint FROM accepted)
                     + (SELECT count(*) FROM attempted)
                     + (SELECT count(*) FROM taken)
            """;

    /*
     * One plan is kept for all ranges of recordings: PostgreSQL would else plan a join with all partitions anew for each. Its
     * estimates are those of a month of partitions, for which a compiler (jit) would be started: for a few rows.
     */
    private static final String PLAN_ONCE = """
            SET LOCAL plan_cache_mode = force_generic_plan;
            SET LOCAL jit = off
            """;

    private FoldStatement() {}

    /** Folds in what recordings from {@code first} and below {@code beyond} wrote; answers how many rows they were. Within a transaction. */
    static Uni<Long> run(SqlConnection connection, long first, long beyond) {
        return connection
                .query(PLAN_ONCE)
                .execute()
                .chain(() -> connection.preparedQuery(FOLD).execute(Tuple.of(first, beyond)))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
