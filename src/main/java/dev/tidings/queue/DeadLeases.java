package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Leases whose holder is gone. Freeing them is safe from any node, any number of times. */
@ApplicationScoped
public class DeadLeases {

    private static final String BURY = """
            DELETE FROM node
             WHERE heartbeat_at < clock_timestamp() - make_interval(secs => $1)
            """;

    /*
     * Hops over the index queue_held from holder to holder: as many steps as there are nodes. A holder without a node
     * row is dead, whenever its rows were written: a node's row is committed before its first delivery.
     */
    private static final String FREE = """
            WITH RECURSIVE held AS (
              (SELECT holder FROM queue WHERE holder IS NOT NULL ORDER BY holder LIMIT 1)
              UNION ALL
              SELECT (SELECT q.holder FROM queue q WHERE q.holder > held.holder ORDER BY q.holder LIMIT 1)
                FROM held
               WHERE held.holder IS NOT NULL
            ), orphaned AS (
              SELECT q.delivery_id
                FROM held
                JOIN queue q ON q.holder = held.holder
               WHERE NOT EXISTS (SELECT FROM node n WHERE n.incarnation = held.holder)
               LIMIT 5000
                 FOR UPDATE OF q SKIP LOCKED
            )
            UPDATE queue q
               SET holder = NULL
             WHERE q.delivery_id = ANY (ARRAY(SELECT delivery_id FROM orphaned))
            """;

    private final Pool pool;
    private final Duration deadAfter;
    private final AtomicLong freed = new AtomicLong();

    DeadLeases(Pool pool, QueueConfig config) {
        this.pool = pool;
        this.deadAfter = config.deadAfter();
    }

    /** Declares nodes dead whose heartbeat stopped, and frees what dead nodes hold; answers how many were freed. */
    public Uni<Integer> free() {
        return pool.preparedQuery(BURY)
                .execute(Tuple.of(deadAfter.toMillis() / 1000.0))
                .chain(buried -> pool.preparedQuery(FREE).execute())
                .map(rows -> rows.rowCount())
                .invoke(freed::addAndGet);
    }

    /** How many this node has freed since it started. */
    public long freed() {
        return freed.get();
    }
}
