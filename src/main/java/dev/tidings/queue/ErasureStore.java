package dev.tidings.queue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidings.audit.Action;
import dev.tidings.audit.AuditEntry;
import dev.tidings.audit.AuditStore;
import dev.tidings.feedback.Masked;
import dev.tidings.feedback.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A tenant's erasures: begins and shows them. {@link ErasureStep} carries them out. */
@ApplicationScoped
public class ErasureStore {

    /* The index erasure_unended lets one in of those that ask for the same. */
    private static final String CREATE = """
            INSERT INTO erasure (id, ims_org, sandbox_name, address, masked, before, created_at, created_by)
            VALUES ($1, $2, $3, $4, $5, $1, $6, $7)
            ON CONFLICT (ims_org, sandbox_name, address) WHERE ended_at IS NULL DO NOTHING
            RETURNING *
            """;

    private static final String UNENDED = """
            SELECT *
              FROM erasure
             WHERE ims_org = $1
               AND sandbox_name = $2
               AND address = $3
               AND ended_at IS NULL
            """;

    private static final String ONE = """
            SELECT *
              FROM erasure
             WHERE ims_org = $1
               AND sandbox_name = $2
               AND id = $3
            """;

    /* Along erasure_newest. */
    private static final String PAGE = """
            SELECT *
              FROM erasure
             WHERE ims_org = $1
               AND sandbox_name = $2
               AND ($3::uuid IS NULL OR id < $3)
             ORDER BY id DESC
             LIMIT $4
            """;

    private static final String DROP = """
            DELETE FROM erasure
             WHERE ended_at < $1
            """;

    private final Pool pool;
    private final InstantSource clock;

    ErasureStore(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Begins an erasure, or answers the one of that address that is under way. */
    public Uni<Erasure> create(Tenant tenant, String address, String who) {
        Instant now = clock.instant();
        UUID id = UuidV7.at(now);
        String masked = Masked.address(address);
        var entry = new AuditEntry(
                tenant, who, Action.ERASURE_REQUESTED, id.toString(), null, "{\"address\":" + json(masked) + "}");
        Tuple values = Tuple.from(
                Arrays.asList(id, tenant.imsOrg(), tenant.sandboxName(), address, masked, ReplayRow.utc(now), who));
        return pool.withTransaction(connection -> connection
                        .preparedQuery(CREATE)
                        .execute(values)
                        .chain(rows -> rows.size() == 0
                                ? underWay(connection, tenant, address)
                                : AuditStore.within(connection, entry).replaceWith(rows)))
                // The one that was in the way may have ended between the two statements.
                .chain(rows -> rows.size() == 0
                        ? create(tenant, address, who)
                        : Uni.createFrom().item(erasure(rows.iterator().next())));
    }

    /** The tenant's erasure of that id, or {@code null}. */
    public Uni<@Nullable Erasure> find(Tenant tenant, UUID id) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(tenant.imsOrg(), tenant.sandboxName(), id))
                .map(rows -> rows.size() == 0 ? null : erasure(rows.iterator().next()));
    }

    /** The tenant's erasures, newest first. */
    public Uni<List<Erasure>> page(Tenant tenant, @Nullable UUID after, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.from(Arrays.asList(tenant.imsOrg(), tenant.sandboxName(), after, limit)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ErasureStore::erasure)
                        .toList());
    }

    /** Drops those that ended before then. */
    public Uni<Void> dropBefore(Instant then) {
        return pool.preparedQuery(DROP).execute(Tuple.of(ReplayRow.utc(then))).replaceWithVoid();
    }

    private static Uni<RowSet<Row>> underWay(SqlConnection connection, Tenant tenant, String address) {
        return connection.preparedQuery(UNENDED).execute(Tuple.of(tenant.imsOrg(), tenant.sandboxName(), address));
    }

    static String json(String text) {
        return TextNode.valueOf(text).toString();
    }

    static Erasure erasure(Row row) {
        OffsetDateTime endedAt = row.get(OffsetDateTime.class, "ended_at");
        return new Erasure(
                row.getUUID("id"),
                new Tenant(row.getString("ims_org"), row.getString("sandbox_name")),
                row.getString("masked"),
                new Erasure.Counts(row.getLong("looked_at"), row.getLong("erased"), row.getLong("ended")),
                row.get(OffsetDateTime.class, "created_at").toInstant(),
                row.getString("created_by"),
                endedAt == null ? null : endedAt.toInstant());
    }
}
