package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
@SuppressWarnings({
    "NullAway.Init", // injected
    "deprecation" // Quarkus' registry is that of Prometheus' older client
})
class PoolMetricsTest {
    @Inject
    PrometheusMeterRegistry registry;

    @Test
    void countsAllConnectionsOrNone() {
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .filteredOn(meter -> meter.getName().startsWith("postgresql."))
                .isNotEmpty()
                .noneMatch(meter -> meter.getType() == Meter.Type.GAUGE);
    }
}
