package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;

/** Whether this node, or no node, has something to do now: what a process that ends when its work is done asks. */
@ApplicationScoped
public class DueWork {

    /*
     * Hops over the indexes queue_due and queue_held, as the loop's question and the rescuer's do. A holder whose heartbeat
     * is late may be dead: what it holds is either settled by it or freed in a moment.
     */
    private static final String LEFT = DueStatement.LANES + """
            , held AS (
              (SELECT holder FROM queue WHERE holder IS NOT NULL ORDER BY holder LIMIT 1)
              UNION ALL
              SELECT (SELECT q.holder FROM queue q WHERE q.holder > held.holder ORDER BY q.holder LIMIT 1)
                FROM held
               WHERE held.holder IS NOT NULL
            )
            SELECT EXISTS (SELECT
                             FROM lane
                            WHERE webhook_id = ANY ($1::uuid[])
                              AND due_at <= clock_timestamp())
                OR EXISTS (SELECT
                             FROM queue
                            WHERE holder = $2
                              AND webhook_id = ANY ($1::uuid[]))
                OR EXISTS (SELECT
                             FROM held
                             LEFT JOIN node n ON n.incarnation = held.holder
                            WHERE held.holder <> $2
                              AND (n.heartbeat_at IS NULL
                                OR n.heartbeat_at < clock_timestamp() - make_interval(secs => $3))) AS is_left
            """;

    private static final int LATE = 2;

    private final Pool pool;
    private final Lease lease;
    private final double lateSeconds;

    DueWork(Pool pool, Lease lease, QueueConfig config) {
        this.pool = pool;
        this.lease = lease;
        this.lateSeconds = LATE * config.heartbeatEvery().toMillis() / 1000.0;
    }

    /** Whether anything of those webhooks is due or held here, or a node that may be dead holds anything. */
    public Uni<Boolean> isLeft(Collection<UUID> webhooks) {
        Tuple arguments = Tuple.of(webhooks.toArray(UUID[]::new), lease.holder().orElse(0), lateSeconds);
        return pool.preparedQuery(LEFT)
                .execute(arguments)
                .map(rows -> rows.iterator().next().getBoolean("is_left"));
    }
}
