package dev.tidings.queue;

import dev.tidings.queue.DeliveryState.Skipped;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Carries replays out, a step at a time: the next few deliveries of the one that has waited longest.
 *
 * <p>Concurrency: a step is one transaction, which begins with a lock on the replay's row. Another node passes over what
 * is locked, so a replay has one step at a time. The queue's rows, the cursor and the counts are committed together: a
 * node that dies before leaves nothing, one that dies after has nothing left to do, and whoever takes the next step
 * begins behind the cursor. Nothing is replayed twice by it, and nothing is left out.
 *
 * <p>The rate is kept by {@code paced_until}, whoever makes the steps: up to that time what it allows is used up. What
 * was not used within a second is forgone, so that there is no burst after a standstill.
 */
@ApplicationScoped
public class ReplayStep {
    /** A step takes some ten milliseconds: cancelling waits no longer. */
    private static final int LARGEST = 500;

    private static final int MOST_FAILURES = 20;
    private static final Duration LONGEST_CREDIT = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /* By replay_paced. The webhook is the one of this moment. */
    private static final String NEXT = """
            SELECT r.*, w.id AS webhook_id
              FROM replay r
              LEFT JOIN webhook w ON w.ims_org = r.ims_org AND w.sandbox_name = r.sandbox_name
             WHERE r.ended_at IS NULL
               AND r.paced_until <= $1::timestamptz - make_interval(secs => 1.0 / r.rate_per_second)
             ORDER BY r.paced_until
             LIMIT 1
               FOR UPDATE OF r SKIP LOCKED
            """;

    private static final String ADVANCE = """
            UPDATE replay
               SET state = CASE WHEN $2 THEN 'completed' ELSE 'running' END,
                   started_at = coalesce(started_at, $3::timestamptz),
                   ended_at = CASE WHEN $2 THEN $3::timestamptz END,
                   cursor = coalesce($4::uuid, cursor),
                   replayed = replayed + $5,
                   never_sent = never_sent + $6,
                   already_waiting = already_waiting + $7,
                   counted = greatest(counted, replayed + never_sent + already_waiting + $5 + $6 + $7),
                   counted_all = counted_all OR $2,
                   paced_until = $8::timestamptz,
                   failures = 0
             WHERE id = $1
            """;

    private static final String FAIL = """
            UPDATE replay
               SET state = 'failed',
                   state_reason = $2,
                   ended_at = $3
             WHERE id = $1
               AND ended_at IS NULL
            """;

    private static final String PAUSE = """
            UPDATE replay
               SET failures = failures + 1,
                   paced_until = $2
             WHERE id = $1
               AND ended_at IS NULL
            RETURNING failures
            """;

    /** A step broke off; its transaction left nothing. */
    private static final class BrokenOffException extends RuntimeException {
        private final UUID replay;

        BrokenOffException(UUID replay, Throwable cause) {
            super("A step of replay " + replay + " broke off; it is tried again", cause);
            this.replay = replay;
        }
    }

    /** What a step has looked at. */
    private record Looked(Replay replay, LogPage page, int replayed, long neverSent) {
        long alreadyWaiting() {
            return page.items().size() - neverSent - replayed;
        }

        @Nullable
        UUID last() {
            return page.items().isEmpty() ? null : page.items().getLast().id();
        }
    }

    private final Pool pool;
    private final InstantSource clock;
    private final AtomicLong replayed = new AtomicLong();

    ReplayStep(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Makes a step, and answers whether there was one to make: then there may be another. */
    public Uni<Boolean> make() {
        Instant now = clock.instant();
        return pool.withTransaction(connection -> step(connection, now))
                .onFailure(BrokenOffException.class)
                .call(broken -> pause(broken.replay, now));
    }

    /** How many deliveries this node has put into the queue for replays since it started. */
    public long replayed() {
        return replayed.get();
    }

    private Uni<Boolean> step(SqlConnection connection, Instant now) {
        return connection
                .preparedQuery(NEXT)
                .execute(Tuple.of(ReplayRow.utc(now)))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : step(connection, rows.iterator().next(), now).replaceWith(true));
    }

    private Uni<Void> step(SqlConnection connection, Row row, Instant now) {
        Replay replay = new ReplayRow(row).replay();
        UUID webhookId = row.getUUID("webhook_id");
        if (webhookId == null) {
            return fail(connection, replay.id(), "The sandbox has no webhook any more", now);
        }
        Pace pace = Pace.of(new ReplayRow(row).moment("paced_until"), now, replay.ratePerSecond());
        return DeliveryLog.page(
                        connection,
                        replay.tenant(),
                        replay.filter(),
                        replay.progress().cursor(),
                        pace.allowed())
                .chain(page -> requeue(connection, replay, page, webhookId, now))
                .call(looked -> advance(connection, looked, pace, now))
                .invoke(looked -> replayed.addAndGet(looked.replayed))
                .onFailure()
                .transform(e -> new BrokenOffException(replay.id(), e))
                .replaceWithVoid();
    }

    private static Uni<Looked> requeue(
            SqlConnection connection, Replay replay, LogPage page, UUID webhookId, Instant now) {
        List<UUID> sent = page.items().stream()
                .filter(delivery -> !(delivery.state() instanceof Skipped))
                .map(LoggedDelivery::id)
                .toList();
        long neverSent = (long) page.items().size() - sent.size();
        return RequeueStatement.run(connection, sent, webhookId, now)
                .map(count -> new Looked(replay, page, count, neverSent));
    }

    private static Uni<Void> advance(SqlConnection connection, Looked looked, Pace pace, Instant now) {
        return connection
                .preparedQuery(ADVANCE)
                .execute(Tuple.from(Arrays.asList(
                        looked.replay.id(),
                        !looked.page.more(),
                        ReplayRow.utc(now),
                        looked.last(),
                        (long) looked.replayed,
                        looked.neverSent,
                        looked.alreadyWaiting(),
                        ReplayRow.utc(pace.after(looked.page.items().size())))))
                .replaceWithVoid();
    }

    private static Uni<Void> fail(SqlConnection connection, UUID id, String reason, Instant now) {
        return connection
                .preparedQuery(FAIL)
                .execute(Tuple.of(id, reason, ReplayRow.utc(now)))
                .replaceWithVoid();
    }

    private Uni<Void> pause(UUID id, Instant now) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(PAUSE)
                .execute(Tuple.of(id, ReplayRow.utc(now.plus(PAUSE_AFTER_FAILURE))))
                .chain(rows -> rows.size() > 0 && rows.iterator().next().getInteger(0) >= MOST_FAILURES
                        ? fail(connection, id, "It broke off again and again; the log tells why", now)
                        : Uni.createFrom().voidItem()));
    }

    /**
     * What the rate allows now.
     *
     * @param from up to when it is used up
     */
    private record Pace(Instant from, int ratePerSecond, int allowed) {
        static Pace of(Instant pacedUntil, Instant now, int ratePerSecond) {
            Instant oldest = now.minus(LONGEST_CREDIT);
            Instant from = pacedUntil.isBefore(oldest) ? oldest : pacedUntil;
            double seconds = Duration.between(from, now).toNanos() / 1e9;
            int allowed = Math.clamp((long) (seconds * ratePerSecond), 1, LARGEST);
            return new Pace(from, ratePerSecond, allowed);
        }

        Instant after(int looked) {
            return from.plusNanos(looked * 1_000_000_000L / ratePerSecond);
        }
    }
}
