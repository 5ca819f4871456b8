package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class HealthMetricsTest {
    @Inject
    HealthMetrics metrics;

    @Inject
    MeterRegistry registry;

    @Inject
    DataSource database;

    @Test
    void operatorsSeeHowManyEndpointsAreUnwell() {
        var rows = new DeliveryRows(database);
        var webhook = rows.pausedWebhook(DeliveryRows.newTenant());
        double before = counted("unstable");
        rows.execute("""
                INSERT INTO webhook_health (webhook_id, armed_at, state, since, reason, attempts, failing)
                SELECT id, armed_at, 'unstable', now(), 'all failed', 10, 10
                  FROM webhook
                 WHERE id = ?
                """, webhook);

        assertThat(counted("unstable")).isEqualTo(before + 1);

        rows.execute("DELETE FROM webhook WHERE id = ?", webhook);
        assertThat(counted("unstable")).isEqualTo(before);
    }

    private double counted(String state) {
        metrics.count().await().atMost(Duration.ofSeconds(10));
        return registry.get("tidings.webhooks").tag("health", state).gauge().value();
    }
}
