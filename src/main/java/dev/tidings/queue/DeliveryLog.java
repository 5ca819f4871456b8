package dev.tidings.queue;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryFilter.Correlation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
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

    /** Along the primary key. The caller has seen that the delivery is the tenant's. */
    private static final String ATTEMPTS = """
            SELECT number, started_at, duration_millis, outcome, status_code, error, response_body
              FROM attempt
             WHERE delivery_id = $1
             ORDER BY number
            """;

    /**
     * A page is planned anew for its arguments. A plan that is kept for all arguments does not know which filters are
     * there, nor how many rows a tenant has: it sorts all of the tenant's deliveries for one page.
     */
    private static final String PLAN_ANEW = """
            SET LOCAL plan_cache_mode = force_custom_plan
            """;

    private final Pool pool;

    DeliveryLog(Pool pool) {
        this.pool = pool;
    }

    /**
     * Newest first. Paging by the last id neither repeats nor leaves out a delivery, however many arrive meanwhile.
     *
     * @param after the last id of the page before, or {@code null} for the first page
     * @param limit at least 1
     */
    public Uni<LogPage> page(Tenant tenant, DeliveryFilter filter, @Nullable UUID after, int limit) {
        return pool.withTransaction(connection -> page(connection, tenant, filter, after, limit));
    }

    /** The same, within a transaction of the caller's. */
    static Uni<LogPage> page(SqlClient client, Tenant tenant, DeliveryFilter filter, @Nullable UUID after, int limit) {
        return client.query(PLAN_ANEW)
                .execute()
                .chain(() -> client.preparedQuery(LogStatement.of(filter).sql())
                        .execute(arguments(tenant, filter, after, limit + 1)))
                .map(rows -> stream(rows).map(row -> new LogRow(row).delivery()).toList())
                .map(items -> LogPage.of(items, limit));
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
    static Tuple arguments(Tenant tenant, DeliveryFilter filter, @Nullable UUID after, int rows) {
        IdRange range = IdRange.of(filter.period(), after);
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
