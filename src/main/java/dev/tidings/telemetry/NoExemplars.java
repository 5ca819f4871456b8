package dev.tidings.telemetry;

import io.prometheus.client.exemplars.ExemplarSampler;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * In place of what Quarkus brings along with OpenTelemetry: that asks the Vert.x context of every measurement for a span.
 * There is none where ours are taken, and each such question makes a context.
 */
@Singleton
class NoExemplars {

    @Produces
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> sampler() {
        return Optional.empty();
    }
}
