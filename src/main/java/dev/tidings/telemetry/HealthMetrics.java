package dev.tidings.telemetry;

import dev.tidings.webhook.HealthStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** How many webhooks there are of each state of health, in all of the database: every node says the same. */
@ApplicationScoped
class HealthMetrics {
    private final HealthStore health;
    private volatile Map<String, Long> counts = Map.of();

    HealthMetrics(MeterRegistry registry, HealthStore health) {
        this.health = health;
        for (String state : List.of("active", "unstable", "disabled")) {
            Gauge.builder("tidings.webhooks", this, m -> m.counts.getOrDefault(state, 0L))
                    .description("Webhooks by what is held of their endpoints")
                    .tag("health", state)
                    .register(registry);
        }
    }

    /** Scrapes read what was counted last: a scraper never waits for the database. */
    @Scheduled(every = "{tidings.health.look-every:1m}", delayed = "4s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return health.count()
                .invoke(now -> counts = now)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }
}
