package dev.tidings.queue;

import dev.tidings.queue.EnqueueStatement.Placed;
import dev.tidings.queue.GroupCommit.Rules;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The durable promise. What {@link #enqueue} answered as fresh is in the database, and stays there until
 * {@link #settle} has recorded how it ended.
 *
 * <p>No connection is held while an HTTP call is in flight: every method is one statement and its commit.
 */
@Singleton
public class DeliveryQueue {

    /* By the primary key, and never by the index queue_held: see SettleStatement. */
    private static final String RELEASE = """
            UPDATE queue
               SET holder = NULL
             WHERE delivery_id = ANY ($1::uuid[])
               AND coalesce(holder, 0) = $2
            """;

    /* By the index queue_held. Younger rows may be in a commit whose answer is still on its way. */
    private static final String RELEASE_UNKNOWN = """
            UPDATE queue
               SET holder = NULL
             WHERE holder = $1
               AND delivery_id < $2
               AND delivery_id <> ALL ($3::uuid[])
            """;

    /* The count stops at a hundred thousand, so that it does not grow with a backlog. */
    private static final String DEPTH = DueStatement.LANES + """
            SELECT (SELECT count(*) FROM (SELECT FROM queue LIMIT 100000) AS q) AS waiting,
                   (SELECT min(due_at) FROM lane WHERE webhook_id = ANY ($1::uuid[])) AS oldest_due
            """;

    /** Longer than any statement takes: what was begun before has ended one way or the other. */
    private static final Duration SETTLED_BY = Duration.ofSeconds(5);

    private static final int USUAL_BYTES = 4_096;

    private final DueStatement due;
    private final ClaimStatement claims;
    private final GroupCommit<List<Placed>, Set<UUID>> enqueues;
    private final GroupCommit<Settlement, Boolean> settles;
    private final Pool pool;
    private final Lease lease;
    private final InstantSource clock;
    private final int waitingEvents;
    private final List<QueueListener> listeners;
    /** A statement failed, and may have been committed all the same: rows may name this node that it doesn't know of. */
    private volatile boolean unsure;
    /** Set once at start-up, before the first request; {@code null} on a node that does not send. */
    private volatile @Nullable HotPath hotPath;

    DeliveryQueue(
            Pool pool,
            Lease lease,
            InstantSource clock,
            Vertx vertx,
            QueueConfig config,
            @All List<QueueListener> listeners) {
        this.pool = pool;
        this.lease = lease;
        this.clock = clock;
        this.listeners = listeners;
        this.waitingEvents = config.waitingEvents();
        this.due = new DueStatement(pool);
        this.claims = new ClaimStatement(pool);
        var enqueue = new EnqueueStatement(pool);
        var settle = new SettleStatement(pool);
        GroupCommit.Timer timer = (millis, task) -> vertx.setTimer(millis, tick -> task.run());
        this.enqueues = new GroupCommit<>(
                new Rules<>(
                        config.batchSize(),
                        config.concurrentStatements(),
                        DeliveryQueue::weight,
                        DeliveryQueue::isOneRowsFault),
                GroupCommit.Gather.whenBusy(timer, config.enqueueAfter(), System::nanoTime),
                requests -> enqueueAll(enqueue, requests));
        this.settles = new GroupCommit<>(
                new Rules<>(config.batchSize(), config.concurrentStatements(), s -> 1, DeliveryQueue::isOneRowsFault),
                GroupCommit.Gather.always(timer, config.settleAfter()),
                batch -> heard(QueueListener.Step.SETTLE, batch.size(), settle.run(batch)));
    }

    /** Whoever sends on this node takes part in enqueueing from now on. */
    public void sendThrough(HotPath path) {
        hotPath = path;
    }

    /** Whether this node has as many events waiting for their commit as it may: then new ones are to be refused. */
    public boolean isOverloaded() {
        return enqueues.waitingWeight() >= waitingEvents;
    }

    /**
     * Commits events and their deliveries, together with those of other callers.
     *
     * @return the ids of those that were not there before, after the commit; the others repeat an {@code eventId}
     */
    public Uni<Set<UUID>> enqueue(List<Entry> entries) {
        HotPath path = hotPath;
        OptionalLong holder = lease.holder();
        List<Placed> placed = entries.stream()
                .map(entry -> new Placed(entry, reserve(path, holder, entry)))
                .toList();
        return enqueues.add(placed)
                .onItemOrFailure()
                .invoke((fresh, failure) -> handOver(path, placed, failure == null ? fresh : Set.of()));
    }

    private static @Nullable Long reserve(@Nullable HotPath path, OptionalLong holder, Entry entry) {
        UUID webhookId = entry.webhookId();
        boolean reserved = path != null
                && webhookId != null
                && holder.isPresent()
                && path.reserve(webhookId, entry.payload().length);
        return reserved ? holder.getAsLong() : null;
    }

    private static void handOver(@Nullable HotPath path, List<Placed> placed, Set<UUID> fresh) {
        if (path == null) {
            return;
        }
        List<Delivery> committed = new ArrayList<>();
        for (Placed one : placed) {
            Entry entry = one.entry();
            UUID webhookId = entry.webhookId();
            if (one.holder() == null || webhookId == null) {
                continue;
            }
            if (fresh.contains(entry.id())) {
                var progress = new Delivery.Progress(0, 0, entry.acceptedAt());
                committed.add(new Delivery(
                        entry.id(),
                        webhookId,
                        one.holder(),
                        entry.eventId(),
                        entry.payload(),
                        progress,
                        entry.trace()));
            } else {
                path.cancel(webhookId, entry.payload().length);
            }
        }
        if (!committed.isEmpty()) {
            path.committed(committed);
        }
    }

    /** An event that is larger than usual counts for several, so that a bound of events bounds memory too. */
    static int weight(List<Placed> request) {
        return request.stream()
                .mapToInt(one -> 1 + one.entry().payload().length / USUAL_BYTES)
                .sum();
    }

    private Uni<List<Set<UUID>>> enqueueAll(EnqueueStatement statement, List<List<Placed>> requests) {
        List<Placed> all = requests.stream().flatMap(List::stream).toList();
        return heard(QueueListener.Step.ENQUEUE, all.size(), statement.run(all))
                .map(fresh -> requests.stream()
                        .map(request -> freshOf(request, fresh))
                        .toList());
    }

    private static Set<UUID> freshOf(List<Placed> request, Set<UUID> fresh) {
        Set<UUID> own = new HashSet<>();
        for (Placed one : request) {
            if (fresh.contains(one.entry().id())) {
                own.add(one.entry().id());
            }
        }
        return own;
    }

    /** The lanes that have something due which nobody holds. Costs by the number of lanes, not of deliveries. */
    public Uni<List<LaneKey>> due() {
        return heard(QueueListener.Step.DUE, 0, due.run(clock.instant()));
    }

    /** Leases what is due, as far as the lanes that are asked for have room. Empty when this node's lease is unsure. */
    public Uni<List<Delivery>> claim(List<Room> rooms) {
        OptionalLong holder = lease.holder();
        if (rooms.isEmpty() || holder.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return heard(QueueListener.Step.CLAIM, rooms.size(), claims.run(rooms, clock.instant(), holder.getAsLong()));
    }

    /**
     * Records an attempt and what follows from it.
     *
     * <p>The window: a process that dies between the answer and this commit leaves the delivery leased; another takes it
     * over and makes the same attempt again, with the same number and {@code webhook-id}. Nothing is lost.
     *
     * @return whether it counted: {@code false} when the lease was lost meanwhile
     */
    public Uni<Boolean> settle(Settlement settlement) {
        return settles.add(settlement);
    }

    /** Gives leased deliveries back: they are due for any node. */
    public Uni<Void> release(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] ids = deliveries.stream().map(Delivery::id).toArray(UUID[]::new);
        Tuple arguments = Tuple.of(ids, deliveries.getFirst().holder());
        return heard(
                        QueueListener.Step.RELEASE,
                        ids.length,
                        pool.preparedQuery(RELEASE).execute(arguments))
                .replaceWithVoid();
    }

    /** Whether {@link #releaseUnknown} is called for. */
    public boolean isUnsure() {
        return unsure;
    }

    /**
     * After statements that failed and may have been committed all the same: gives back what names this node and is not
     * among what it knows. Answers how many; tried again at the next call when it fails.
     */
    public Uni<Integer> releaseUnknown(Set<UUID> known) {
        OptionalLong holder = lease.holder();
        if (holder.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        unsure = false;
        UUID young = UuidV7.floor(clock.instant().minus(SETTLED_BY));
        Tuple arguments = Tuple.of(holder.getAsLong(), young, known.toArray(UUID[]::new));
        return heard(
                        QueueListener.Step.RELEASE,
                        known.size(),
                        pool.preparedQuery(RELEASE_UNKNOWN).execute(arguments))
                .map(rows -> rows.rowCount());
    }

    /** How much is unfinished, and for how long the longest waiting one is due, of those webhooks (the active ones). */
    public Uni<Depth> depth(Collection<UUID> webhooks) {
        return pool.preparedQuery(DEPTH)
                .execute(Tuple.of(webhooks.toArray(UUID[]::new)))
                .map(rows -> depth(rows.iterator().next()));
    }

    private Depth depth(Row row) {
        OffsetDateTime oldest = row.get(OffsetDateTime.class, "oldest_due");
        Duration late = oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), clock.instant());
        return new Depth(row.getLong("waiting"), late.isNegative() ? Duration.ZERO : late);
    }

    private <T> Uni<T> heard(QueueListener.Step step, int rows, Uni<T> statement) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return statement.onItemOrFailure().invoke((done, failure) -> {
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                if (failure != null) {
                    unsure = true;
                }
                listeners.forEach(listener -> listener.ran(step, rows, took, failure));
            });
        });
    }

    /** SQLSTATE classes 22 (data) and 23 (integrity): the statement is fine, a row is not. */
    private static boolean isOneRowsFault(Throwable failure) {
        return failure instanceof PgException pg
                && pg.getSqlState() != null
                && (pg.getSqlState().startsWith("22") || pg.getSqlState().startsWith("23"));
    }
}
