package dev.tidings.audit;

import dev.tidings.feedback.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail in the database. A change and its entry are one transaction, the change's own; whoever reads a payload
 * gets it once that is recorded.
 */
@ApplicationScoped
public class AuditStore {
    private static final String ADD = """
            INSERT INTO audit (ims_org, sandbox_name, who, action, subject, before, after)
            VALUES ($1, $2, $3, $4, $5, $6::text::json, $7::text::json)
            """;

    /** The same in Hibernate's words; it can't be told the type of a null. */
    private static final String ADD_IN_SESSION = """
            INSERT INTO audit (ims_org, sandbox_name, who, action, subject, before, after)
            VALUES (:imsOrg, :sandboxName, :who, :action, :subject,
                    CAST(nullif(:before, '') AS json), CAST(nullif(:after, '') AS json))
            """;

    private static final String ADD_ALL = """
            INSERT INTO audit (ims_org, sandbox_name, who, action, subject)
            SELECT *
              FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
            """;

    /** Along audit_newest, or along audit_subject where that is narrower. */
    private static final String PAGE = """
            SELECT id, happened_at, who, action, subject, before::text AS before, after::text AS after
              FROM audit
             WHERE ims_org = $1
               AND sandbox_name = $2
               AND ($3::uuid IS NULL OR id < $3)
               AND ($5::text IS NULL OR action = $5)
               AND ($6::text IS NULL OR who = $6)
               AND ($7::text IS NULL OR subject = $7)
               AND ($8::timestamptz IS NULL OR happened_at >= $8)
               AND ($9::timestamptz IS NULL OR happened_at < $9)
             ORDER BY id DESC
             LIMIT $4
            """;

    private static final String KEEP = """
            SELECT keep_audit($1, $2, $3)
            """;

    private final Pool pool;
    private final SharedWrite<AuditEntry> notes = new SharedWrite<>(this::addAll);

    AuditStore(Pool pool) {
        this.pool = pool;
    }

    /** Adds the entry in the caller's transaction. */
    public static Uni<Void> within(SqlConnection connection, AuditEntry entry) {
        return connection
                .preparedQuery(ADD)
                .execute(Tuple.from(Arrays.asList(
                        entry.tenant().imsOrg(),
                        entry.tenant().sandboxName(),
                        entry.who(),
                        entry.action().value(),
                        entry.subject(),
                        entry.before(),
                        entry.after())))
                .replaceWithVoid();
    }

    /** Adds the entry in the transaction of the caller's session. */
    public static Uni<Void> within(Mutiny.Session session, AuditEntry entry) {
        return session.createNativeQuery(ADD_IN_SESSION)
                .setParameter("imsOrg", entry.tenant().imsOrg())
                .setParameter("sandboxName", entry.tenant().sandboxName())
                .setParameter("who", entry.who())
                .setParameter("action", entry.action().value())
                .setParameter("subject", entry.subject())
                .setParameter("before", Objects.requireNonNullElse(entry.before(), ""))
                .setParameter("after", Objects.requireNonNullElse(entry.after(), ""))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Adds the entry in the transaction of the session that is current. */
    public static Uni<Void> withinSession(AuditEntry entry) {
        return Panache.getSession().chain(session -> within(session, entry));
    }

    /** Adds an entry of what changed nothing; those that come at once share a statement. */
    public Uni<Void> note(AuditEntry entry) {
        return notes.add(entry);
    }

    /** The tenant's entries, newest first. */
    Uni<List<ShownAudit>> page(Tenant tenant, AuditFilter filter, @Nullable UUID after, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.from(Arrays.asList(
                        tenant.imsOrg(),
                        tenant.sandboxName(),
                        after,
                        limit,
                        filter.action(),
                        filter.who(),
                        filter.subject(),
                        utc(filter.from()),
                        utc(filter.to()))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AuditStore::shown)
                        .toList());
    }

    /** Makes the partitions of those days' months, and drops those that ended before; answers how many went. */
    public Uni<Integer> keep(LocalDate first, LocalDate last, LocalDate firstKept) {
        return pool.preparedQuery(KEEP)
                .execute(Tuple.of(first, last, firstKept))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private Uni<Void> addAll(List<AuditEntry> entries) {
        return pool.preparedQuery(ADD_ALL)
                .execute(Tuple.of(
                        column(entries, entry -> entry.tenant().imsOrg()),
                        column(entries, entry -> entry.tenant().sandboxName()),
                        column(entries, AuditEntry::who),
                        column(entries, entry -> entry.action().value()),
                        column(entries, AuditEntry::subject)))
                .replaceWithVoid();
    }

    private static String[] column(List<AuditEntry> entries, Function<AuditEntry, String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    private static ShownAudit shown(Row row) {
        return ShownAudit.of(
                row.getUUID("id"),
                row.get(OffsetDateTime.class, "happened_at").toInstant(),
                row.getString("who"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("before"),
                row.getString("after"));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
