package dev.tidings.telemetry;

import dev.tidings.queue.StatisticsFold;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** How many rows of the log this node has folded into the statistics: over all nodes, what the log grew by. */
@ApplicationScoped
class StatisticsMetrics {

    void register(@Observes StartupEvent event, MeterRegistry registry, StatisticsFold statistics) {
        registry.more().counter("tidings.statistics.folded", List.of(), statistics, StatisticsFold::folded);
    }
}
