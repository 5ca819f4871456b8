package dev.tidings.queue;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryFilter.Correlation;
import dev.tidings.queue.DeliveryFilter.Period;
import dev.tidings.queue.DeliveryState.Kind;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How PostgreSQL goes about the delivery log, on a pool of one connection that keeps its prepared statements. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class LogPlanTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Vertx vertx;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();

    /** PostgreSQL keeps a plan for good from the sixth time on, when it believes that it is as cheap. */
    @ParameterizedTest
    @EnumSource
    void isPlannedForItsArgumentsHoweverOftenItIsAsked(Kind state) {
        new DeliveryRows(database).delivered(Event.plain(tenant, NOON));
        var filter = new DeliveryFilter(state, null, null, new Correlation(null, null, null), new Period(null, null));
        Pool one = poolOfOne();
        try {
            var log = new DeliveryLog(one);
            for (int i = 0; i < 12; i++) {
                log.page(tenant, filter, null, 10).await().atMost(PATIENCE);
            }

            assertThat(number(one, "custom_plans")).isEqualTo(12);
            assertThat(number(one, "generic_plans")).isZero();
        } finally {
            one.close().await().atMost(PATIENCE);
        }
    }

    @Test
    void theConnectionIsAsItWasAfterwards() {
        Pool one = poolOfOne();
        try {
            new DeliveryLog(one)
                    .page(tenant, DeliveryFilter.ALL, null, 10)
                    .await()
                    .atMost(PATIENCE);

            String mode = one.query("SHOW plan_cache_mode")
                    .execute()
                    .map(rows -> rows.iterator().next().getString(0))
                    .await()
                    .atMost(PATIENCE);
            assertThat(mode).isEqualTo("auto");
        } finally {
            one.close().await().atMost(PATIENCE);
        }
    }

    private Pool poolOfOne() {
        var options = PgConnectOptions.fromUri(
                        ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class))
                .setUser("postgres")
                .setPassword("postgres")
                .setCachePreparedStatements(true);
        return Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(options)
                .using(vertx)
                .build());
    }

    private static long number(Pool pool, String column) {
        return pool.query("SELECT sum(" + column
                        + ")::bigint FROM pg_prepared_statements WHERE statement LIKE '%delivery d%'")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(PATIENCE);
    }
}
