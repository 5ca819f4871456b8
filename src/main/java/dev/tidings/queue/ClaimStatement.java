package dev.tidings.queue;

import dev.tidings.feedback.TraceParent;
import dev.tidings.queue.Delivery.Progress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Leases due deliveries for lanes that have room: a few of each, so that nobody's backlog keeps others waiting. */
final class ClaimStatement {

    /*
     * For each wanted lane the index queue_due is entered at its webhook and read from the longest due row on; what a
     * webhook without room has waiting is never touched. Rows that another node is claiming are skipped, not waited for.
     */
    static final String CLAIM = """
            WITH wanted AS (
              SELECT *
                FROM unnest($1::uuid[], $2::boolean[], $3::integer[]) AS w (webhook_id, retries, room)
            ), picked AS (
              SELECT due.delivery_id
                FROM wanted w
               CROSS JOIN LATERAL (
                 SELECT q.delivery_id
                   FROM queue q
                  WHERE q.webhook_id = w.webhook_id
                    AND (q.retries > 0) = w.retries
                    AND q.holder IS NULL
                    AND q.due_at <= $4
                  ORDER BY q.due_at
                  LIMIT w.room
                    FOR UPDATE SKIP LOCKED
               ) AS due
            ), leased AS (
              UPDATE queue q
                 SET holder = $5
               WHERE q.delivery_id = ANY (ARRAY(SELECT delivery_id FROM picked))
              RETURNING q.delivery_id, q.webhook_id, q.attempts, q.retries, q.begun_at, q.due_at
            )
            SELECT l.delivery_id, l.webhook_id, l.attempts, l.retries, l.begun_at, e.event_id, e.payload,
                   e.traceparent
              FROM leased l
             CROSS JOIN LATERAL (
               SELECT event_id, payload, traceparent
                 FROM event
                WHERE id = l.delivery_id
                LIMIT 1
             ) AS e
             ORDER BY l.due_at, l.delivery_id
            """;

    private final Pool pool;

    ClaimStatement(Pool pool) {
        this.pool = pool;
    }

    Uni<List<Delivery>> run(List<Room> wanted, Instant now, long holder) {
        Tuple arguments = Tuple.from(List.of(
                wanted.stream().map(Room::webhookId).toArray(UUID[]::new),
                wanted.stream().map(Room::retries).toArray(Boolean[]::new),
                wanted.stream().map(Room::places).toArray(Integer[]::new),
                now.atOffset(ZoneOffset.UTC),
                holder));
        return pool.preparedQuery(CLAIM).execute(arguments).map(rows -> deliveries(rows, holder));
    }

    private static List<Delivery> deliveries(RowSet<Row> rows, long holder) {
        List<Delivery> deliveries = new ArrayList<>(rows.size());
        for (Row row : rows) {
            UUID id = row.getUUID("delivery_id");
            String own = row.getString("event_id");
            String trace = row.getString("traceparent");
            deliveries.add(new Delivery(
                    id,
                    row.getUUID("webhook_id"),
                    holder,
                    own == null ? id.toString() : own,
                    row.get(Buffer.class, "payload").getBytes(),
                    new Progress(
                            row.getInteger("attempts"),
                            row.getInteger("retries"),
                            row.get(OffsetDateTime.class, "begun_at").toInstant()),
                    trace == null ? null : TraceParent.parse(trace)));
        }
        return deliveries;
    }
}
