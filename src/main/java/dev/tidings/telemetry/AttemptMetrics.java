package dev.tidings.telemetry;

import dev.tidings.attempt.SendResult;
import dev.tidings.dispatch.AttemptListener;
import dev.tidings.dispatch.DispatchLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Locale;

/** Attempts by outcome, with their durations, and how long a first attempt came after its receipt. */
@ApplicationScoped
class AttemptMetrics implements AttemptListener {
    private final MeterRegistry registry;
    private final Timer toFirstAttempt;

    AttemptMetrics(MeterRegistry registry, Instance<DispatchLoop> loop) {
        this.registry = registry;
        this.toFirstAttempt = Timer.builder("tidings.first.attempt")
                .description("From an event's receipt to the start of its first attempt")
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        registry.gauge("tidings.attempts.in.flight", loop, l -> l.get().inFlight());
    }

    @Override
    public void attempted(Report report) {
        Timer.builder("tidings.attempt")
                .description("Attempts: how they ended and how long they took")
                .tag("outcome", AttemptLog.word(report.settlement().outcome()))
                .tag("cause", cause(report.result()))
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofSeconds(15))
                .register(registry)
                .record(report.settlement().took());
        if (report.delivery().progress().attempts() == 0) {
            var progress = report.delivery().progress();
            toFirstAttempt.record(
                    Duration.between(progress.begunAt(), report.settlement().startedAt()));
        }
    }

    /** A status class or a fault: few values, so few series. */
    private static String cause(SendResult result) {
        return switch (result) {
            case SendResult.Answered answered -> answered.statusCode() / 100 + "xx";
            case SendResult.Broken broken -> broken.fault().name().toLowerCase(Locale.ROOT);
        };
    }
}
