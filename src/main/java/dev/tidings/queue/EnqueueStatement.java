package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Events, queue rows and idempotence keys of many requests in one statement, and so in one commit. */
final class EnqueueStatement {
    /** An entry, and the incarnation that leases it from its first moment; {@code null}: nobody. */
    record Placed(Entry entry, @Nullable Long holder) {}

    /*
     * Keys are inserted in their order: two batches that share keys wait for one another and never in a circle. A key
     * that is there already, or is being committed by another, leaves its entry out of everything below it.
     */
    private static final String ENQUEUE = """
            WITH input AS (
              SELECT *
                FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[],
                            $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[],
                            $14::text[], $15::bytea[], $16::bigint[], $17::text[])
                  AS i (id, accepted_at, key, event_id, ims_org, sandbox_name, webhook_id,
                        channel, feedback_status, campaign_id, request_id, message_execution_id, occurred_at,
                        skip_reason, payload, holder, traceparent)
            ), keyed AS (
              INSERT INTO event_key (key, delivery_id)
              SELECT key, id FROM input WHERE key IS NOT NULL ORDER BY key, id
              ON CONFLICT (key) DO NOTHING
              RETURNING delivery_id
            ), fresh AS (
              SELECT i.*
                FROM input i
               WHERE i.key IS NULL
                  OR EXISTS (SELECT FROM keyed k WHERE k.delivery_id = i.id)
            ), recorded AS (
              INSERT INTO event (id, event_id, ims_org, sandbox_name, webhook_id, channel, feedback_status, campaign_id,
                                 request_id, message_execution_id, occurred_at, accepted_at, skip_reason, payload,
                                 traceparent)
              SELECT id, event_id, ims_org, sandbox_name, webhook_id, channel, feedback_status, campaign_id,
                     request_id, message_execution_id, occurred_at, accepted_at, skip_reason, payload,
                     traceparent
                FROM fresh
            ), queued AS (
              INSERT INTO queue (delivery_id, webhook_id, due_at, begun_at, holder)
              SELECT id, webhook_id, accepted_at, accepted_at, holder
                FROM fresh
               WHERE skip_reason IS NULL
            )
            SELECT id FROM fresh
            """;

    private final Pool pool;

    EnqueueStatement(Pool pool) {
        this.pool = pool;
    }

    /** Answers the ids of the entries that were not there before. */
    Uni<Set<UUID>> run(List<Placed> placed) {
        return pool.preparedQuery(ENQUEUE).execute(arguments(placed)).map(EnqueueStatement::ids);
    }

    private static Set<UUID> ids(Iterable<Row> rows) {
        Set<UUID> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }

    private static Tuple arguments(List<Placed> placed) {
        return Tuple.from(List.of(
                entries(placed, UUID[]::new, Entry::id),
                entries(placed, OffsetDateTime[]::new, e -> utc(e.acceptedAt())),
                entries(placed, UUID[]::new, Entry::idempotenceKey),
                entries(placed, String[]::new, e -> e.event().origin().eventId()),
                entries(placed, String[]::new, e -> e.event().tenant().imsOrg()),
                entries(placed, String[]::new, e -> e.event().tenant().sandboxName()),
                entries(placed, UUID[]::new, Entry::webhookId),
                entries(placed, String[]::new, e -> e.event().channel().value()),
                entries(
                        placed,
                        String[]::new,
                        e -> e.event().feedback().status().published().value()),
                entries(placed, String[]::new, e -> e.event().execution().campaignId()),
                entries(placed, String[]::new, e -> e.event().origin().requestId()),
                entries(placed, String[]::new, e -> e.event().execution().messageExecutionId()),
                entries(
                        placed,
                        OffsetDateTime[]::new,
                        e -> utc(e.event().origin().timestamp())),
                entries(
                        placed,
                        String[]::new,
                        e -> e.skipReason() == null ? null : e.skipReason().name()),
                entries(placed, Buffer[]::new, e -> Buffer.buffer(e.payload())),
                column(placed, Long[]::new, Placed::holder),
                entries(
                        placed,
                        String[]::new,
                        e -> e.trace() == null ? null : e.trace().header())));
    }

    private static <T extends @Nullable Object> T[] entries(
            List<Placed> placed, IntFunction<T[]> array, Function<Entry, T> value) {
        return column(placed, array, p -> value.apply(p.entry));
    }

    private static <T extends @Nullable Object> T[] column(
            List<Placed> placed, IntFunction<T[]> array, Function<Placed, T> value) {
        return placed.stream().map(value).toArray(array);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
