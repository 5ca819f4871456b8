package dev.tidings.queue;

import dev.tidings.audit.Action;
import dev.tidings.audit.AuditEntry;
import dev.tidings.audit.AuditStore;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.Replay.Count;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A tenant's replays: begins, shows and cancels them. {@link ReplayStep} carries them out. */
@ApplicationScoped
public class ReplayStore {
    /** As many are counted for a person who wants to know beforehand; more are "and more". */
    static final int MOST_COUNTED = 100_000;

    /* The index replay_unended lets one in, also of two that are created at the same instant. */
    private static final String CREATE = """
            INSERT INTO replay (id, ims_org, sandbox_name, state, delivery_state, channel, feedback_status, campaign_id,
                                request_id, message_execution_id, accepted_from, accepted_to, rate_per_second,
                                counted, counted_all, paced_until, created_at, created_by)
            VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)
            ON CONFLICT (ims_org, sandbox_name) WHERE ended_at IS NULL DO NOTHING
            RETURNING *
            """;

    private static final String ONE = """
            SELECT *
              FROM replay
             WHERE id = $1
               AND ims_org = $2
               AND sandbox_name = $3
            """;

    private static final String UNENDED = """
            SELECT *
              FROM replay
             WHERE ims_org = $1
               AND sandbox_name = $2
               AND ended_at IS NULL
            """;

    /* Along replay_newest. */
    private static final String PAGE = """
            SELECT *
              FROM replay
             WHERE ims_org = $1
               AND sandbox_name = $2
               AND ($3::uuid IS NULL OR id < $3)
             ORDER BY id DESC
             LIMIT $4
            """;

    /* A step that is under way holds the row: it is waited for, and there is no next one. */
    private static final String CANCEL = """
            UPDATE replay
               SET state = 'cancelled',
                   ended_at = greatest(created_at, $4)
             WHERE id = $1
               AND ims_org = $2
               AND sandbox_name = $3
               AND ended_at IS NULL
            """;

    private static final String DROP = """
            DELETE FROM replay
             WHERE ended_at < $1
            """;

    private final Pool pool;
    private final InstantSource clock;

    ReplayStore(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** How many deliveries match now, counted up to {@link #MOST_COUNTED}. */
    public Uni<Count> count(Tenant tenant, DeliveryFilter filter) {
        Tuple arguments = DeliveryLog.arguments(tenant, filter, null, MOST_COUNTED + 1);
        return pool.withTransaction(connection ->
                        DeliveryLog.ask(connection, LogStatement.of(filter).countingSql(), arguments))
                .map(rows -> rows.iterator().next().getLong(0))
                .map(number -> new Count(Math.min(number, MOST_COUNTED), number <= MOST_COUNTED));
    }

    /** Begins a replay; {@code null} when the tenant has one that has not ended. */
    public Uni<@Nullable Replay> create(Replay replay) {
        AuditEntry entry =
                AuditEntry.of(replay.tenant(), replay.times().createdBy(), Action.REPLAY_CREATED, replay.id());
        return pool.withTransaction(connection -> connection
                        .preparedQuery(CREATE)
                        .execute(ReplayRow.values(replay))
                        .call(rows -> noted(connection, entry, rows.size())))
                .map(ReplayStore::first);
    }

    /** The tenant's replay of that id, or {@code null}. */
    public Uni<@Nullable Replay> find(Tenant tenant, UUID id) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(id, tenant.imsOrg(), tenant.sandboxName()))
                .map(ReplayStore::first);
    }

    /** The tenant's replay that has not ended, or {@code null}. */
    public Uni<@Nullable Replay> unended(Tenant tenant) {
        return pool.preparedQuery(UNENDED)
                .execute(Tuple.of(tenant.imsOrg(), tenant.sandboxName()))
                .map(ReplayStore::first);
    }

    /** The tenant's replays, newest first. */
    public Uni<List<Replay>> page(Tenant tenant, @Nullable UUID after, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.from(Arrays.asList(tenant.imsOrg(), tenant.sandboxName(), after, limit)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new ReplayRow(row).replay())
                        .toList());
    }

    /** Cancels a replay that has not ended, and answers how it stands; {@code null} when the tenant has none such. */
    public Uni<@Nullable Replay> cancel(Tenant tenant, UUID id, String who) {
        AuditEntry entry = AuditEntry.of(tenant, who, Action.REPLAY_CANCELLED, id);
        return pool.withTransaction(connection -> connection
                        .preparedQuery(CANCEL)
                        .execute(Tuple.of(id, tenant.imsOrg(), tenant.sandboxName(), ReplayRow.utc(clock.instant())))
                        .call(rows -> noted(connection, entry, rows.rowCount())))
                .chain(() -> find(tenant, id));
    }

    private static Uni<Void> noted(SqlConnection connection, AuditEntry entry, int changed) {
        return changed == 0 ? Uni.createFrom().voidItem() : AuditStore.within(connection, entry);
    }

    /** Drops those that ended before then. */
    public Uni<Void> dropBefore(Instant then) {
        return pool.preparedQuery(DROP).execute(Tuple.of(ReplayRow.utc(then))).replaceWithVoid();
    }

    private static @Nullable Replay first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : new ReplayRow(rows.iterator().next()).replay();
    }
}
