package dev.tidings.telemetry;

import dev.tidings.queue.DeadLeases;
import dev.tidings.queue.DeliveryQueue;
import dev.tidings.queue.Depth;
import dev.tidings.queue.QueueListener;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The queue's statements, its depth, and the age of the oldest due delivery. */
@Singleton
class QueueMetrics implements QueueListener {
    private final MeterRegistry registry;
    private final Instance<DeliveryQueue> queue;
    private final WebhookCache webhooks;
    private volatile Depth depth = new Depth(0, Duration.ZERO);

    QueueMetrics(MeterRegistry registry, Instance<DeliveryQueue> queue, WebhookCache webhooks, DeadLeases deadLeases) {
        this.registry = registry;
        this.queue = queue;
        this.webhooks = webhooks;
        registry.gauge("tidings.queue.depth", this, m -> m.depth.waiting());
        registry.gauge(
                "tidings.queue.oldest.due.seconds",
                this,
                m -> m.depth.oldestDue().toMillis() / 1000.0);
        registry.more().counter("tidings.leases.rescued", List.of(), deadLeases, DeadLeases::freed);
    }

    @Override
    public void ran(Step step, int rows, Duration took, @Nullable Throwable failure) {
        String name = step.name().toLowerCase(Locale.ROOT);
        Timer.builder("tidings.queue.statement")
                .description("Statements of the queue, each with its commit")
                .tag("step", name)
                .tag("result", failure == null ? "ok" : "failed")
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry)
                .record(took);
        DistributionSummary.builder("tidings.queue.batch")
                .description("Rows, requests or lanes that shared a statement")
                .tag("step", name)
                .register(registry)
                .record(rows);
    }

    /** Scrapes read what was measured last: a scraper never waits for the database. */
    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        var active = webhooks.all().stream()
                .filter(Endpoint::active)
                .map(Endpoint::id)
                .toList();
        return queue.get()
                .depth(active)
                .invoke(now -> depth = now)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }
}
