package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Which lanes have something due that nobody holds. */
final class DueStatement {

    /**
     * The lanes that have something which nobody holds, as {@code lane (webhook_id, retrying, due_at)} with the longest due
     * moment of each. Hops over the index queue_due from lane to lane and reads the first entry of each: ten million rows
     * are one hop.
     */
    static final String LANES = """
            WITH RECURSIVE lane AS (
              (SELECT webhook_id, (retries > 0) AS retrying, due_at
                 FROM queue
                WHERE holder IS NULL
                ORDER BY webhook_id, (retries > 0), due_at
                LIMIT 1)
              UNION ALL
              SELECT next.*
                FROM lane
               CROSS JOIN LATERAL (
                 SELECT webhook_id, (retries > 0) AS retrying, due_at
                   FROM queue
                  WHERE holder IS NULL
                    AND (webhook_id, (retries > 0)) > (lane.webhook_id, lane.retrying)
                  ORDER BY webhook_id, (retries > 0), due_at
                  LIMIT 1
               ) AS next
            )
            """;

    private static final String DUE = LANES + """
            SELECT webhook_id, retrying
              FROM lane
             WHERE due_at <= $1
            """;

    private final Pool pool;

    DueStatement(Pool pool) {
        this.pool = pool;
    }

    Uni<List<LaneKey>> run(Instant now) {
        return pool.preparedQuery(DUE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .map(DueStatement::keys);
    }

    private static List<LaneKey> keys(RowSet<Row> rows) {
        List<LaneKey> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            keys.add(new LaneKey(row.getUUID("webhook_id"), row.getBoolean("retrying")));
        }
        return keys;
    }
}
