package dev.tidings.queue;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * How the connections of the pool are: they keep the plans of all our statements, and only such plans as are good however large
 * the tables have become meanwhile.
 *
 * <p>By itself the client keeps no statement prepared that has over 2,048 characters, and what it doesn't keep PostgreSQL parses
 * and plans each time: for the statistics' fold that takes longer than running it. A plan that is kept is made for tables as
 * they are then, and a queue is often empty: reading all of it seems the shortest way, and would still be taken with a million
 * rows waiting, until the next autovacuum. Where there is an index, it is taken from the beginning.
 */
@Singleton
class Connections implements PgPoolCreator {
    /** In characters. A bound, since a statement stays in the memory of each connection at both of its ends. */
    private static final int LONGEST = 16_384;

    private static final String ALONG_INDEXES = "SET enable_seqscan = off";

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList()
                .forEach(options -> options.setPreparedStatementCacheSqlFilter(sql -> sql.length() <= LONGEST));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .withConnectHandler(Connections::prepare)
                .using(input.vertx())
                .build();
    }

    /** Closing it hands it over to the pool; one that could not be prepared has failed, and finds its end there. */
    private static void prepare(SqlConnection connection) {
        connection.query(ALONG_INDEXES).execute().onComplete(done -> connection.close());
    }
}
