package dev.tidings.queue;

import dev.tidings.audit.Action;
import dev.tidings.audit.AuditEntry;
import dev.tidings.audit.AuditStore;
import dev.tidings.feedback.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a delivery into the queue once more, from the start of the schedule.
 *
 * <p>Concurrency: two statements in one transaction, because one statement sees one moment. The first makes the queue
 * row; if another transaction is just finishing this delivery, the primary key makes it wait for that commit. From then
 * on nobody else can touch the row (it is locked, and when new not even visible), so the second statement, with its own
 * younger moment, reads the true number of the last attempt and removes a failure that was committed meanwhile. As one
 * statement it could number an attempt twice, or leave a failure beside an unfinished delivery. Two that ask at once meet
 * at the primary key and make one row.
 */
@ApplicationScoped
public class RedeliveryStore {

    /**
     * Makes the row, or brings a waiting one forward. One that a node holds stays as it is: its attempt is under way, and
     * the holder's result decides what follows. Answers whether the row was made; nothing when there was nothing to do.
     */
    private static final String REQUEUE = """
            INSERT INTO queue AS q (delivery_id, webhook_id, due_at, begun_at)
            VALUES ($1, $2, $3, $3)
            ON CONFLICT (delivery_id) DO UPDATE
               SET webhook_id = excluded.webhook_id,
                   due_at = excluded.due_at,
                   begun_at = excluded.begun_at,
                   retries = 0
             WHERE q.holder IS NULL
            RETURNING (q.xmax = 0) AS made
            """;

    /**
     * The numbers of attempts go on, and what is under way again has not failed. Primary keys only. The statistics hear
     * that it is no longer where it had ended.
     */
    private static final String RENEW = """
            WITH forgotten AS (
              DELETE FROM failed_delivery
               WHERE delivery_id = $1
              RETURNING delivery_id
            ), changed AS (
              INSERT INTO state_change (delivery_id, state, change)
              SELECT $1, CASE WHEN EXISTS (SELECT FROM forgotten) THEN 'failed' ELSE 'delivered' END, -1
               WHERE $2
            )
            UPDATE queue
               SET attempts = greatest(attempts, (SELECT max(number) FROM attempt WHERE delivery_id = $1))
             WHERE delivery_id = $1
            """;

    private final Pool pool;
    private final DeliveryLog log;
    private final InstantSource clock;

    RedeliveryStore(Pool pool, DeliveryLog log, InstantSource clock) {
        this.pool = pool;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @param webhookId the tenant's webhook as of now, or {@code null} when it has none
     * @param who asks for it
     */
    public Uni<Redelivery> redeliver(Tenant tenant, UUID id, @Nullable UUID webhookId, String who) {
        return log.find(tenant, id).chain(found -> {
            if (found == null) {
                return answer(new Redelivery.Unknown());
            }
            if (found.delivery().state() instanceof DeliveryState.Skipped skipped) {
                return answer(new Redelivery.Skipped(skipped.reason()));
            }
            if (found.isBare()) {
                return answer(new Redelivery.Bare());
            }
            if (webhookId == null) {
                return answer(new Redelivery.NoWebhook());
            }
            AuditEntry entry = AuditEntry.of(tenant, who, Action.DELIVERY_REDELIVERED, id);
            return pool.withTransaction(connection ->
                            requeue(connection, id, webhookId).call(() -> AuditStore.within(connection, entry)))
                    .chain(() -> log.find(tenant, id))
                    .map(RedeliveryStore::accepted);
        });
    }

    private Uni<Void> requeue(SqlConnection connection, UUID id, UUID webhookId) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return connection
                .preparedQuery(REQUEUE)
                .execute(Tuple.of(id, webhookId, now))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : renew(connection, id, rows.iterator().next().getBoolean("made")));
    }

    private static Uni<Void> renew(SqlConnection connection, UUID id, boolean made) {
        return connection.preparedQuery(RENEW).execute(Tuple.of(id, made)).replaceWithVoid();
    }

    /** Between the two reads retention may have taken the delivery away: then it is unknown after all. */
    private static Redelivery accepted(@Nullable DeliveryDetail now) {
        return now == null ? new Redelivery.Unknown() : new Redelivery.Accepted(now.delivery());
    }

    private static Uni<Redelivery> answer(Redelivery redelivery) {
        return Uni.createFrom().item(redelivery);
    }
}
