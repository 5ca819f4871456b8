package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Waiting deliveries whose webhook was deleted: they end as failed, and stay in the log. */
@ApplicationScoped
public class Orphans {

    /* Hops over the index queue_due from webhook to webhook; what a node holds right now is left to the next time. */
    private static final String END = """
            WITH RECURSIVE waiting AS (
              (SELECT webhook_id FROM queue WHERE holder IS NULL ORDER BY webhook_id LIMIT 1)
              UNION ALL
              SELECT (SELECT q.webhook_id FROM queue q
                       WHERE q.holder IS NULL AND q.webhook_id > waiting.webhook_id
                       ORDER BY q.webhook_id LIMIT 1)
                FROM waiting
               WHERE waiting.webhook_id IS NOT NULL
            ), orphaned AS (
              SELECT q.delivery_id
                FROM waiting
                JOIN queue q ON q.webhook_id = waiting.webhook_id AND q.holder IS NULL
               WHERE NOT EXISTS (SELECT FROM webhook w WHERE w.id = waiting.webhook_id)
               LIMIT 5000
                 FOR UPDATE OF q SKIP LOCKED
            ), ended AS (
              DELETE FROM queue q
               WHERE q.delivery_id = ANY (ARRAY(SELECT delivery_id FROM orphaned))
              RETURNING q.delivery_id
            ), changed AS (
              INSERT INTO state_change (delivery_id, state, change, reason)
              SELECT delivery_id, 'failed', 1, 'The webhook was deleted'
                FROM ended
            )
            INSERT INTO failed_delivery (delivery_id, ims_org, sandbox_name, failed_at, reason)
            SELECT e.id, e.ims_org, e.sandbox_name, clock_timestamp(), 'The webhook was deleted'
              FROM ended
              JOIN event e ON e.id = ended.delivery_id
            ON CONFLICT (delivery_id) DO NOTHING
            """;

    private final Pool pool;

    Orphans(Pool pool) {
        this.pool = pool;
    }

    /** Ends up to 5,000 of them; answers how many. */
    public Uni<Integer> end() {
        return pool.preparedQuery(END).execute().map(rows -> rows.rowCount());
    }
}
