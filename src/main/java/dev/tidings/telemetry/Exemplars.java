package dev.tidings.telemetry;

import dev.tidings.feedback.TraceParent;
import io.prometheus.client.exemplars.DefaultExemplarSampler;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.prometheus.client.exemplars.tracer.common.SpanContextSupplier;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Leads from a bucket of a histogram to a trace of something in it, for scrapers that ask for OpenMetrics. In place of
 * Quarkus' own, which asks the Vert.x context of every measurement for a span: there is none where ours are taken, and each
 * such question makes a context.
 */
@Singleton
class Exemplars {
    /** The place of what is being measured on this thread. */
    private static final ThreadLocal<TraceParent> PLACE = new ThreadLocal<>();

    @Produces
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> sampler(@ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        return disabled ? Optional.empty() : Optional.of(new DefaultExemplarSampler(new Place()));
    }

    /** Takes a measurement of something that has that place in a trace; {@code null}: it has none. */
    static void measure(@Nullable TraceParent place, Runnable measurement) {
        if (place == null || !place.sampled()) {
            measurement.run();
            return;
        }
        PLACE.set(place);
        try {
            measurement.run();
        } finally {
            PLACE.remove();
        }
    }

    private static final class Place implements SpanContextSupplier {
        @Override
        public @Nullable String getTraceId() {
            TraceParent place = PLACE.get();
            return place == null ? null : place.traceId();
        }

        @Override
        public @Nullable String getSpanId() {
            TraceParent place = PLACE.get();
            return place == null ? null : place.spanId();
        }

        @Override
        public boolean isSampled() {
            return PLACE.get() != null;
        }
    }
}
