package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This node's lease on the deliveries that carry its incarnation: one heartbeat row renews them all.
 *
 * <p>A node whose heartbeats stop for {@code dead-after} loses its row, and with it every delivery that it held: they
 * are another's. It notices at its next heartbeat, which finds no row, and starts over as a new incarnation. Until then
 * it sends nothing once four fifths of that time have passed, and whatever it still settles matches no row: settling
 * names the incarnation (fencing).
 *
 * <p>Concurrency: {@code held} is written by one heartbeat at a time, and read by every thread. Time is the JVM's
 * monotonic clock, so a clock that is set wrong neither shortens nor lengthens a lease.
 */
@Singleton
public class Lease {
    private static final Logger LOG = Logger.getLogger(Lease.class);

    private static final String BEGIN = """
            INSERT INTO node (name)
            VALUES ($1)
            RETURNING incarnation, clock_timestamp() AS now
            """;

    private static final String BEAT = """
            UPDATE node
               SET heartbeat_at = clock_timestamp()
             WHERE incarnation = $1
            RETURNING incarnation, clock_timestamp() AS now
            """;

    private static final String END = """
            DELETE FROM node
             WHERE incarnation = $1
            """;

    private record Held(long incarnation, long confirmedNanos) {}

    private final Pool pool;
    private final DatabaseClock clock;
    private final long freshNanos;
    private final String name;
    /** {@code null}: none was begun yet, or the last one was lost. */
    private volatile @Nullable Held held;

    private volatile boolean ended;

    Lease(Pool pool, DatabaseClock clock, QueueConfig config) {
        this.pool = pool;
        this.clock = clock;
        this.freshNanos = config.deadAfter().multipliedBy(4).dividedBy(5).toNanos();
        this.name = ProcessHandle.current().pid() + "@" + System.getenv().getOrDefault("HOSTNAME", "localhost");
    }

    /** The incarnation under which this node may lease and send now; empty when it has none, or can't be sure. */
    public OptionalLong holder() {
        Held now = held;
        return now != null && System.nanoTime() - now.confirmedNanos < freshNanos
                ? OptionalLong.of(now.incarnation)
                : OptionalLong.empty();
    }

    /** Whether that incarnation is still this node's, as far as it knows. */
    public boolean isOwn(long incarnation) {
        Held now = held;
        return now != null && now.incarnation == incarnation;
    }

    /** Begins the lease, or confirms it; begins a new one when it was lost. Called every {@code heartbeat-every}. */
    public Uni<Void> beat() {
        Held now = held;
        if (ended) {
            return Uni.createFrom().voidItem();
        }
        return now == null ? ask(BEGIN, Tuple.of(name)) : ask(BEAT, Tuple.of(now.incarnation));
    }

    /** Ends the lease: what is still held is free for others at once. */
    public Uni<Void> end() {
        Held last = held;
        ended = true;
        held = null;
        return last == null
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(END).execute(Tuple.of(last.incarnation)).replaceWithVoid();
    }

    private Uni<Void> ask(String sql, Tuple arguments) {
        // Counted from before the question: a slow answer must not make the lease look younger than the row is.
        long asked = System.nanoTime();
        var askedAt = clock.instant();
        return pool.preparedQuery(sql)
                .execute(arguments)
                .ifNoItem()
                .after(Duration.ofNanos(freshNanos))
                .fail()
                .invoke(rows -> answered(rows, asked, askedAt))
                .replaceWithVoid();
    }

    private void answered(RowSet<Row> rows, long asked, Instant askedAt) {
        if (ended) {
            // It was on its way when the lease ended: a row begun by it is taken for dead in its time.
            return;
        }
        if (rows.size() == 0) {
            LOG.warn("This node was declared dead: its deliveries are another's now. It starts over.");
            held = null;
            return;
        }
        Row row = rows.iterator().next();
        held = new Held(row.getLong("incarnation"), asked);
        clock.align(askedAt, row.get(OffsetDateTime.class, "now").toInstant());
    }
}
