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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The queue's statements, its depth, and the age of the oldest due delivery. */
@Singleton
class QueueMetrics implements QueueListener {
    private record Ending(Step step, String result) {}

    private final MeterRegistry registry;
    private final Instance<DeliveryQueue> queue;
    private final WebhookCache webhooks;
    /** Kept here, since to build a meter costs more than to record with it. */
    private final Map<Ending, Timer> statements = new ConcurrentHashMap<>();

    private final Map<Step, DistributionSummary> batches = new ConcurrentHashMap<>();
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
        statements
                .computeIfAbsent(new Ending(step, failure == null ? "ok" : "failed"), this::statement)
                .record(took);
        batches.computeIfAbsent(step, this::batch).record(rows);
    }

    private Timer statement(Ending ending) {
        return Timer.builder("tidings.queue.statement")
                .description("Statements of the queue, each with its commit")
                .tag("step", name(ending.step))
                .tag("result", ending.result)
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    private DistributionSummary batch(Step step) {
        return DistributionSummary.builder("tidings.queue.batch")
                .description("Rows, requests or lanes that shared a statement")
                .tag("step", name(step))
                .register(registry);
    }

    private static String name(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    /** Scrapes read what was measured last: a scraper never waits for the database. */
    @Scheduled(every = "5s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
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
