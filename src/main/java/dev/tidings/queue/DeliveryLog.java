package dev.tidings.queue;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryFilter.Correlation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What became of a tenant's events. Reads only, and only that tenant's rows. */
@ApplicationScoped
public class DeliveryLog {

    /** By primary key; the tenant makes another's id an unknown one. */
    private static final String ONE = """
            SELECT d.*, e.payload
              FROM delivery d
              JOIN event e ON e.id = d.id
             WHERE d.id = $1
               AND d.ims_org = $2
               AND d.sandbox_name = $3
            """;

    /** Along the primary keys. The caller has seen that the delivery is the tenant's. */
    private static final String ATTEMPTS = """
            SELECT a.number, a.started_at, a.duration_millis, a.outcome, a.status_code, a.error, a.response_body,
                   a.reused, a.resolved_millis, a.connected_millis, a.answered_millis,
                   coalesce(a.answer_headers, w.answer_headers) AS answer_headers,
                   w.url, w.custom_headers, w.own_headers, w.address, w.protocol, w.tls_protocol, w.tls_cipher,
                   w.certificate_subject, w.certificate_issuer, w.certificate_expires_at
              FROM attempt a
              LEFT JOIN wire w ON w.id = a.wire
             WHERE a.delivery_id = $1
             ORDER BY a.number
            """;

    /**
     * A page is planned anew for its arguments. A plan that is kept for all arguments does not know which filters are
     * there, nor how many rows a tenant has: it sorts all of the tenant's deliveries for one page.
     */
    private static final String PLAN_ANEW = """
            SET LOCAL plan_cache_mode = force_custom_plan
            """;

    /*
     * Along event_newest, without touching the rows: the last id that is looked at for a page, where there are more. The
     * cost of a page has this bound, whatever the filter and however few rows match it.
     */
    private static final String LOOKED_AT = """
            SELECT id
              FROM event
             WHERE ims_org = $1
               AND sandbox_name = $2
               AND id >= $3
               AND id < $4
             ORDER BY id DESC
            OFFSET $5::bigint - 1
             LIMIT 1
            """;

    private static final int MOST_LOOKED_AT = 50_000;

    private final Pool pool;
    private final int mostLookedAt;

    @Inject
    DeliveryLog(Pool pool) {
        this(pool, MOST_LOOKED_AT);
    }

    DeliveryLog(Pool pool, int mostLookedAt) {
        this.pool = pool;
        this.mostLookedAt = mostLookedAt;
    }

    /**
     * Newest first. Paging by the last id neither repeats nor leaves out a delivery, however many arrive meanwhile.
     *
     * @param after the last id of the page before, or {@code null} for the first page
     * @param limit at least 1
     */
    public Uni<LogPage> page(Tenant tenant, DeliveryFilter filter, @Nullable UUID after, int limit) {
        LogStatement statement = LogStatement.of(filter);
        IdRange range = IdRange.of(filter.period(), after);
        return pool.withTransaction(connection -> statement.mayPassOverMany(filter)
                ? lookedAt(connection, tenant, range)
                        .chain(last -> page(connection, tenant, filter, range.notBelow(last), limit, last))
                : page(connection, tenant, filter, range, limit, null));
    }

    private Uni<@Nullable UUID> lookedAt(SqlConnection connection, Tenant tenant, IdRange range) {
        Tuple arguments =
                Tuple.of(tenant.imsOrg(), tenant.sandboxName(), range.from(), range.before(), (long) mostLookedAt);
        return ask(connection, LOOKED_AT, arguments).map(DeliveryLog::onlyId);
    }

    private static @Nullable UUID onlyId(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next().getUUID(0);
    }

    /** The same, within a transaction of the caller's, and a full page wherever there is one: a replay has the time. */
    static Uni<LogPage> page(
            SqlConnection connection, Tenant tenant, DeliveryFilter filter, @Nullable UUID after, int limit) {
        return page(connection, tenant, filter, IdRange.of(filter.period(), after), limit, null);
    }

    private static Uni<LogPage> page(
            SqlConnection connection,
            Tenant tenant,
            DeliveryFilter filter,
            IdRange range,
            int limit,
            @Nullable UUID lookedAt) {
        return ask(connection, LogStatement.of(filter).sql(), arguments(tenant, filter, range, limit + 1))
                .map(rows -> stream(rows).map(row -> new LogRow(row).delivery()).toList())
                .map(items -> LogPage.of(items, limit, lookedAt));
    }

    /** Asks the log within a transaction, with a plan for these arguments. */
    static Uni<RowSet<Row>> ask(SqlConnection connection, String sql, Tuple arguments) {
        return connection
                .query(PLAN_ANEW)
                .execute()
                .chain(() -> connection.preparedQuery(sql).execute(arguments));
    }

    /** One delivery with its attempts, or {@code null} when the tenant has none of that id. */
    public Uni<@Nullable DeliveryDetail> find(Tenant tenant, UUID id) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(id, tenant.imsOrg(), tenant.sandboxName()))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().nullItem()
                        : withAttempts(rows.iterator().next()));
    }

    /** Attempts are read after the state: the list may be newer than the state, and never lacks what led to it. */
    private Uni<DeliveryDetail> withAttempts(Row row) {
        LoggedDelivery delivery = new LogRow(row).delivery();
        byte[] payload = row.get(Buffer.class, "payload").getBytes();
        return pool.preparedQuery(ATTEMPTS)
                .execute(Tuple.of(delivery.id()))
                .map(rows -> stream(rows).map(r -> new LogRow(r).attempt()).toList())
                .map(attempts -> new DeliveryDetail(delivery, payload, attempts));
    }

    /** The arguments of every {@link LogStatement}. */
    static Tuple arguments(Tenant tenant, DeliveryFilter filter, IdRange range, int rows) {
        Correlation ids = filter.correlation();
        return Tuple.from(Arrays.asList(
                tenant.imsOrg(),
                tenant.sandboxName(),
                range.from(),
                range.before(),
                rows,
                filter.state() == null ? null : filter.state().value(),
                filter.channel() == null ? null : filter.channel().value(),
                filter.feedbackStatus() == null
                        ? null
                        : filter.feedbackStatus().published().value(),
                ids.campaignId(),
                ids.requestId(),
                ids.messageExecutionId()));
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
