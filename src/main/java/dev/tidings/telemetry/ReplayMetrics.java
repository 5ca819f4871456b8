package dev.tidings.telemetry;

import dev.tidings.queue.ReplayStep;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** How many deliveries this node has put into the queue for replays. */
@ApplicationScoped
class ReplayMetrics {

    void register(@Observes StartupEvent event, MeterRegistry registry, ReplayStep step) {
        registry.more().counter("tidings.replayed", List.of(), step, ReplayStep::replayed);
    }
}
