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
import jakarta.inject.Inject;
import java.time.Duration;
import javax.sql.DataSource;
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
        try (var one = PlannedPool.ofOne(vertx)) {
            var log = new DeliveryLog(one.pool());
            for (int i = 0; i < 12; i++) {
                log.page(tenant, filter, null, 10).await().atMost(PATIENCE);
            }

            assertThat(one.plans("custom_plans", "delivery d")).isEqualTo(12);
            assertThat(one.plans("generic_plans", "delivery d")).isZero();
        }
    }

    @Test
    void theConnectionIsAsItWasAfterwards() {
        try (var one = PlannedPool.ofOne(vertx)) {
            new DeliveryLog(one.pool())
                    .page(tenant, DeliveryFilter.ALL, null, 10)
                    .await()
                    .atMost(PATIENCE);

            String mode = one.pool()
                    .query("SHOW plan_cache_mode")
                    .execute()
                    .map(rows -> rows.iterator().next().getString(0))
                    .await()
                    .atMost(PATIENCE);
            assertThat(mode).isEqualTo("auto");
        }
    }
}
