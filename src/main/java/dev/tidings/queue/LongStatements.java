package dev.tidings.queue;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Has the client keep long statements prepared too. By itself it keeps none over 2,048 characters, and what it doesn't keep
 * PostgreSQL parses and plans each time: for the statistics' fold that takes longer than running it.
 */
@Singleton
class LongStatements implements PgPoolCreator {
    /** In characters. A bound, since a statement stays in the memory of each connection at both of its ends. */
    private static final int LONGEST = 16_384;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList()
                .forEach(options -> options.setPreparedStatementCacheSqlFilter(sql -> sql.length() <= LONGEST));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
