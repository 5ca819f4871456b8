package dev.tidings.telemetry;

import dev.tidings.webhook.Tls;
import dev.tidings.webhook.WebhookCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.function.Predicate;

/** How many webhooks' deliveries will fail, or do, for their certificates, and how many this node can't send to. */
@ApplicationScoped
class WebhookMetrics {
    private final WebhookCache webhooks;

    WebhookMetrics(WebhookCache webhooks, InstantSource clock, MeterRegistry registry) {
        this.webhooks = webhooks;
        Gauge.builder("tidings.webhooks.certificates", () -> count(tls -> tls.endsSoon(clock.instant())))
                .description("Webhooks with a certificate of their own that ends within thirty days, or has ended")
                .tag("standing", "ends_soon")
                .register(registry);
        Gauge.builder("tidings.webhooks.certificates", () -> count(tls -> tls.isOver(clock.instant())))
                .description("Webhooks with a certificate of their own that ends within thirty days, or has ended")
                .tag("standing", "over")
                .register(registry);
        Gauge.builder("tidings.webhooks.unreadable", webhooks::unreadable)
                .description(
                        "Webhooks whose settings this node can't read: it takes their events, and others send them")
                .register(registry);
    }

    /** Made at the start, for nobody else asks for it. */
    void begin(@Observes StartupEvent start) {}

    private long count(Predicate<Tls> such) {
        return webhooks.all().stream()
                .filter(webhook -> such.test(webhook.tls()))
                .count();
    }
}
