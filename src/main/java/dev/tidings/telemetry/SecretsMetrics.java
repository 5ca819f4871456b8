package dev.tidings.telemetry;

import dev.tidings.webhook.SealStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** How long the operator's key that seals secrets has been in use: every node tells the same. */
@ApplicationScoped
class SecretsMetrics {

    void register(@Observes StartupEvent start, SealStore seals, InstantSource clock, MeterRegistry registry) {
        TimeGauge.builder(
                        "tidings.secrets.key.age",
                        () -> Duration.between(seals.sealingSince(), clock.instant())
                                .toSeconds(),
                        TimeUnit.SECONDS)
                .description("Since the key that encrypts secrets was first used")
                .register(registry);
    }
}
