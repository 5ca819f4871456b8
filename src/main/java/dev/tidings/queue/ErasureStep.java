package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;

/**
 * Carries erasures out, a bite at a time: there is no index of identities, which would cost every event something for a
 * question that is asked now and then, so the tenant's payloads are read.
 *
 * <p>Concurrency: a bite is one transaction, which begins with a lock on the erasure's row; other nodes pass it over. The
 * erasure's cursor moves with what was erased. A delivery that a node holds at that moment may be sent once more from its
 * memory; if it has to be tried again, its payload is read anew, is empty, and ends it.
 */
@ApplicationScoped
public class ErasureStep {
    /** Why a delivery without a payload fails. */
    public static final String REASON = "Its payload was erased";

    private static final int BITE = 2_000;

    private static final String NEXT = """
            SELECT *
              FROM erasure
             WHERE ended_at IS NULL
             ORDER BY id
             LIMIT 1
               FOR UPDATE SKIP LOCKED
            """;

    /*
     * Along event_newest, from the oldest on. What is looked for is the address as a JSON string, in whatever field, in
     * upper or lower case. What a receiver answered may repeat it, and goes too. What waits ends as failed, and the
     * statistics hear of it. The rest by primary keys.
     */
    private static final String BITE_OFF = """
            WITH page AS MATERIALIZED (
              SELECT id, strpos(lower(convert_from(payload, 'UTF8')), lower($5)) > 0 AS hit
                FROM event
               WHERE ims_org = $1
                 AND sandbox_name = $2
                 AND id > $3
                 AND id < $4
               ORDER BY id
               LIMIT $6
            ), erased AS (
              UPDATE event
                 SET payload = ''
               WHERE id = ANY (ARRAY (SELECT id FROM page WHERE hit))
              RETURNING id
            ), answers AS (
              UPDATE attempt
                 SET response_body = NULL
               WHERE delivery_id = ANY (ARRAY (SELECT id FROM page WHERE hit))
                 AND response_body IS NOT NULL
            ), ended AS (
              DELETE FROM queue
               WHERE delivery_id = ANY (ARRAY (SELECT id FROM page WHERE hit))
                 AND holder IS NULL
              RETURNING delivery_id
            ), changed AS (
              INSERT INTO state_change (delivery_id, state, change, reason)
              SELECT delivery_id, 'failed', 1, $7
                FROM ended
            ), failed AS (
              INSERT INTO failed_delivery (delivery_id, ims_org, sandbox_name, failed_at, reason)
              SELECT delivery_id, $1, $2, clock_timestamp(), $7
                FROM ended
              ON CONFLICT (delivery_id) DO NOTHING
            )
            SELECT (SELECT count(*) FROM page) AS looked_at,
                   (SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last,
                   (SELECT count(*) FROM erased) AS erased,
                   (SELECT count(*) FROM ended) AS ended
            """;

    private static final String ADVANCE = """
            UPDATE erasure
               SET cursor = coalesce($2::uuid, cursor),
                   looked_at = looked_at + $3,
                   erased = erased + $4,
                   ended = ended + $5,
                   address = CASE WHEN $6 THEN NULL ELSE address END,
                   ended_at = CASE WHEN $6 THEN $7::timestamptz END
             WHERE id = $1
            """;

    private final Pool pool;
    private final InstantSource clock;

    ErasureStep(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Takes a bite, and answers whether there was one to take: then there may be another. */
    public Uni<Boolean> make() {
        return pool.withTransaction(connection -> connection
                .query(NEXT)
                .execute()
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : bite(connection, rows.iterator().next()).replaceWith(true)));
    }

    private Uni<Void> bite(SqlConnection connection, Row erasure) {
        UUID cursor = erasure.getUUID("cursor");
        var arguments = Tuple.from(Arrays.asList(
                erasure.getString("ims_org"),
                erasure.getString("sandbox_name"),
                cursor == null ? new UUID(0, 0) : cursor,
                erasure.getUUID("before"),
                ErasureStore.json(erasure.getString("address")),
                BITE,
                REASON));
        return DeliveryLog.ask(connection, BITE_OFF, arguments)
                .chain(rows -> advance(
                        connection, erasure.getUUID("id"), rows.iterator().next()));
    }

    private Uni<Void> advance(SqlConnection connection, UUID id, Row bitten) {
        return connection
                .preparedQuery(ADVANCE)
                .execute(Tuple.from(Arrays.asList(
                        id,
                        bitten.getUUID("last"),
                        bitten.getLong("looked_at"),
                        bitten.getLong("erased"),
                        bitten.getLong("ended"),
                        bitten.getLong("looked_at") < BITE,
                        ReplayRow.utc(clock.instant()))))
                .replaceWithVoid();
    }
}
