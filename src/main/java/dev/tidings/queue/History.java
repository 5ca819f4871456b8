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

    /* Along wire_used_on. A day more, for nodes whose clocks differ from each other's. */
    private static final String DROP_WIRES = """
            DELETE FROM wire
             WHERE used_on < $1::date - 1
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

    /** Drops all that was accepted before that day (UTC); answers how many partitions went. */
    public Uni<Integer> dropBefore(LocalDate firstKept) {
        return pool.preparedQuery(DROP)
                .execute(Tuple.of(firstKept))
                .map(rows -> rows.iterator().next().getInteger(0))
                .call(() -> pool.preparedQuery(DROP_WIRES).execute(Tuple.of(firstKept)));
    }
}
