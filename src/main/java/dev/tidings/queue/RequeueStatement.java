package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Puts many deliveries into the queue once more, by the rules of {@link RedeliveryStore}, and in two statements for the
 * same reason.
 *
 * <p>Concurrency: no row that another may hold is waited for while others are locked, save one: a delivery that is just
 * being settled, whose transaction waits for nobody. Waiting ones that are just being claimed are left as they are.
 */
final class RequeueStatement {

    /** What waits for a retry is brought forward; what is not in the queue gets a row; the rest is due or under way, or has no payload. */
    private static final String REQUEUE = """
            WITH waiting AS (
              SELECT delivery_id
                FROM queue
               WHERE delivery_id = ANY ($1::uuid[])
                 AND holder IS NULL
                 AND retries > 0
                 FOR UPDATE SKIP LOCKED
            ), forward AS (
              UPDATE queue q
                 SET webhook_id = $2,
                     due_at = $3,
                     begun_at = $3,
                     retries = 0
               WHERE q.delivery_id = ANY (ARRAY(SELECT delivery_id FROM waiting))
              RETURNING q.delivery_id
            ), made AS (
              INSERT INTO queue (delivery_id, webhook_id, due_at, begun_at)
              SELECT id, $2, $3, $3
                FROM unnest($1::uuid[]) AS wanted (id)
               WHERE NOT EXISTS (SELECT FROM waiting w WHERE w.delivery_id = wanted.id)
                 AND EXISTS (SELECT FROM event e WHERE e.id = wanted.id AND octet_length(e.payload) > 0)
               ORDER BY id
              ON CONFLICT (delivery_id) DO NOTHING
              RETURNING delivery_id
            )
            SELECT delivery_id, true AS made FROM made
            UNION ALL
            SELECT delivery_id, false FROM forward
            """;

    /** As the single one's: numbers go on, failures are forgotten, the statistics hear of it. Primary keys only. */
    private static final String RENEW = """
            WITH forgotten AS (
              DELETE FROM failed_delivery
               WHERE delivery_id = ANY ($1::uuid[])
              RETURNING delivery_id
            ), changed AS (
              INSERT INTO state_change (delivery_id, state, change)
              SELECT id,
                     CASE
                       WHEN EXISTS (SELECT FROM forgotten f WHERE f.delivery_id = id) THEN 'failed'
                       ELSE 'delivered'
                     END,
                     -1
                FROM unnest($1::uuid[]) AS made (id)
            )
            UPDATE queue q
               SET attempts = greatest(attempts, (SELECT max(number) FROM attempt a WHERE a.delivery_id = q.delivery_id))
             WHERE q.delivery_id = ANY ($1::uuid[])
            """;

    private RequeueStatement() {}

    /** Answers how many are in the queue for it; the others were waiting already, or are under way. */
    static Uni<Integer> run(SqlConnection connection, List<UUID> ids, UUID webhookId, Instant now) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return connection
                .preparedQuery(REQUEUE)
                .execute(Tuple.of(ids.toArray(UUID[]::new), webhookId, ReplayRow.utc(now)))
                .chain(rows -> {
                    List<UUID> made = new ArrayList<>();
                    rows.forEach(row -> {
                        if (row.getBoolean("made")) {
                            made.add(row.getUUID("delivery_id"));
                        }
                    });
                    return connection
                            .preparedQuery(RENEW)
                            .execute(Tuple.of(made.toArray(UUID[]::new)))
                            .replaceWith(rows.size());
                });
    }
}
