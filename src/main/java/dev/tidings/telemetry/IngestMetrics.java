package dev.tidings.telemetry;

import dev.tidings.feedback.TraceParent;
import dev.tidings.ingest.IngestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Events in, by what became of them, and how long an acknowledgement took. */
@Singleton
class IngestMetrics implements IngestListener {
    private final Timer ack;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter skipped;
    private final Counter rejected;

    IngestMetrics(MeterRegistry registry) {
        this.ack = Timer.builder("tidings.ingest.ack")
                .description("From a request's decoding to its answer, after the commit")
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
        this.accepted = events(registry, "accepted");
        this.duplicates = events(registry, "duplicate");
        this.skipped = events(registry, "skipped");
        this.rejected = events(registry, "rejected");
    }

    private static Counter events(MeterRegistry registry, String status) {
        return Counter.builder("tidings.ingest.events")
                .description("Feedback events that were posted, by what became of them")
                .tag("status", status)
                .register(registry);
    }

    @Override
    public void answered(Counts counts, Duration took, @Nullable TraceParent trace) {
        Exemplars.measure(trace, () -> ack.record(took));
        accepted.increment(counts.accepted());
        duplicates.increment(counts.duplicates());
        skipped.increment(counts.skipped());
        rejected.increment(counts.rejected());
    }
}
