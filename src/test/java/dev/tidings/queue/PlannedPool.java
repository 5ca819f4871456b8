package dev.tidings.queue;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;

/** A pool of one connection that keeps its prepared statements, as the application's do, and tells how they were planned. */
record PlannedPool(Pool pool) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static PlannedPool ofOne(Vertx vertx) {
        var options = PgConnectOptions.fromUri(
                        ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class))
                .setUser("postgres")
                .setPassword("postgres")
                .setCachePreparedStatements(true);
        var input = new One(vertx, new PoolOptions().setMaxSize(1), List.of(options));
        return new PlannedPool(Pool.newInstance(new Connections().create(input)));
    }

    private record One(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}

    /**
     * How often that kind of plan was used for statements that contain that text.
     *
     * @param kind {@code custom_plans} or {@code generic_plans}: PostgreSQL's columns of {@code pg_prepared_statements}
     */
    long plans(String kind, String text) {
        return pool.query("SELECT coalesce(sum(" + kind
                        + "), 0)::bigint FROM pg_prepared_statements WHERE statement LIKE '%" + text + "%'")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(PATIENCE);
    }

    /** The rows of the answer, a line each. */
    String run(String sql) {
        return pool.query(sql)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .collect(Collectors.joining("\n")))
                .await()
                .atMost(PATIENCE);
    }

    @Override
    public void close() {
        pool.close().await().atMost(PATIENCE);
    }
}
