package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** The partitions of what has happened, a day each. */
@ApplicationScoped
public class History {

    private static final String MAKE = """
            SELECT make_partitions($1, $2)
            """;

    private static final String DROP = """
            SELECT drop_partitions($1)
            """;

    private static final String PATIENCE = """
            SET LOCAL lock_timeout = '5s'
            """;

    private static final String DROP_PAYLOADS = """
            SELECT drop_payloads($1)
            """;

    /* By primary keys. */
    private static final String DROP_KEPT = """
            WITH ended AS (
              DELETE FROM payload_kept k
               WHERE NOT EXISTS (SELECT FROM queue q WHERE q.delivery_id = k.delivery_id)
              RETURNING delivery_id
            )
            UPDATE event e
               SET payload = ''
              FROM ended
             WHERE e.id = ended.delivery_id
            """;

    private final Pool pool;

    History(Pool pool) {
        this.pool = pool;
    }

    /** Makes the partitions of those days (UTC), both included, where they are missing; answers how many were made. */
    public Uni<Integer> make(LocalDate first, LocalDate last) {
        return pool.preparedQuery(MAKE)
                .execute(Tuple.of(first, last))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /**
     * Drops the payloads of all days before that day (UTC), each day in a transaction of its own, and those that were kept
     * for deliveries which have ended meanwhile; answers how many days that were.
     */
    public Uni<Integer> dropPayloadsBefore(LocalDate firstKept) {
        return pool.withTransaction(connection -> connection
                        .query(PATIENCE)
                        .execute()
                        .chain(() -> connection.preparedQuery(DROP_PAYLOADS).execute(Tuple.of(firstKept))))
                .map(rows -> rows.iterator().next().getInteger(0))
                .chain(dropped -> dropped == 0
                        ? pool.query(DROP_KEPT).execute().replaceWith(0)
                        : dropPayloadsBefore(firstKept).map(more -> more + 1));
    }

    /** Drops all that was accepted before that day (UTC); answers how many partitions went. */
    public Uni<Integer> dropBefore(LocalDate firstKept) {
        return pool.preparedQuery(DROP)
                .execute(Tuple.of(firstKept))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
