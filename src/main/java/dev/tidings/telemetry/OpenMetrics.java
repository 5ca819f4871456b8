package dev.tidings.telemetry;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Serves OpenMetrics, the format that has exemplars, to whoever names it. Quarkus' own route answers the older text to a
 * scraper that takes both, as Prometheus does, and 406 to one that names it without all its parameters.
 */
@ApplicationScoped
@SuppressWarnings("deprecation") // Quarkus' registry is that of Prometheus' older client
class OpenMetrics {
    private static final String NAME = "application/openmetrics-text";
    /** Before Quarkus' own, whose order is positive. */
    private static final int FIRST = -1;

    private final PrometheusMeterRegistry registry;

    OpenMetrics(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void route(@Observes ManagementInterface management) {
        management.router().get("/q/metrics").order(FIRST).blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext scrape) {
        String accepted = scrape.request().getHeader(HttpHeaders.ACCEPT);
        if (accepted == null || !accepted.contains(NAME)) {
            scrape.next();
            return;
        }
        scrape.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TextFormat.CONTENT_TYPE_OPENMETRICS_100)
                .end(registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100));
    }
}
