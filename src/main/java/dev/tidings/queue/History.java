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
            SELECT drop_partitions_of($1, $2)
            """;

    private static final String DROP_LEFTOVERS = """
            SELECT drop_leftovers($1, 10000)
            """;

    private static final String PATIENCE = """
            SET LOCAL lock_timeout = '500ms'
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

    /** Makes the partitions of those days (UTC), both included, where they are missing; answers how many were made. Fails when a lock can't be had at once. */
    public Uni<Integer> make(LocalDate first, LocalDate last) {
        return number(MAKE, Tuple.of(first, last));
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

    /**
     * Drops what was accepted before those days (UTC): attempts, and events with all else that belongs to them. Each table in
     * a commit of its own, so that its lock is held for a moment only; fails when a lock can't be had at once.
     *
     * @return how many partitions went
     */
    public Uni<Integer> dropBefore(LocalDate firstEvents, LocalDate firstAttempts) {
        return drop("attempt", later(firstEvents, firstAttempts))
                .chain(attempts -> drop("failed_delivery", firstEvents).map(failures -> attempts + failures))
                .chain(others -> drop("event", firstEvents).map(events -> others + events))
                .call(dropped -> dropLeftovers(firstEvents));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private Uni<Integer> drop(String table, LocalDate firstKept) {
        return number(DROP, Tuple.of(table, firstKept));
    }

    /** Bite by bite, each a commit of its own. */
    private Uni<Integer> dropLeftovers(LocalDate firstKept) {
        return number(DROP_LEFTOVERS, Tuple.of(firstKept))
                .chain(gone -> gone == 0 ? Uni.createFrom().item(0) : dropLeftovers(firstKept));
    }

    private Uni<Integer> number(String sql, Tuple arguments) {
        return pool.preparedQuery(sql)
                .execute(arguments)
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
