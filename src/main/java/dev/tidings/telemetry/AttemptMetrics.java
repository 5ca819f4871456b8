package dev.tidings.telemetry;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.dispatch.AttemptListener;
import dev.tidings.dispatch.DispatchLoop;
import dev.tidings.queue.Delivery;
import dev.tidings.webhook.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Attempts by outcome, with their durations, and how long a first attempt came after its receipt. */
@Singleton
class AttemptMetrics implements AttemptListener {
    private final MeterRegistry registry;
    private final Timer toFirstAttempt;
    private final Counter unsent;
    /** Kept here, since to build a timer costs more than to record a time. */
    private final Map<Kind, Timer> attempts = new ConcurrentHashMap<>();

    private record Kind(String outcome, String cause) {}

    AttemptMetrics(MeterRegistry registry, Instance<DispatchLoop> loop) {
        this.registry = registry;
        this.toFirstAttempt = Timer.builder("tidings.first.attempt")
                .description("From an event's receipt to the start of its first attempt")
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        this.unsent = Counter.builder("tidings.attempts.unsent")
                .description("Attempts that did not begin, since the egress proxy could not be used")
                .register(registry);
        registry.gauge("tidings.attempts.in.flight", loop, l -> l.get().inFlight());
        registry.gauge("tidings.breakers.open", loop, l -> l.get().broken());
    }

    @Override
    public void attempted(Report report) {
        Exemplars.measure(report.trace(), () -> record(report));
    }

    private void record(Report report) {
        var kind = new Kind(AttemptLog.word(report.settlement().outcome()), cause(report.result()));
        attempts.computeIfAbsent(kind, this::timer).record(report.settlement().took());
        if (report.delivery().progress().attempts() == 0) {
            var progress = report.delivery().progress();
            toFirstAttempt.record(
                    Duration.between(progress.begunAt(), report.settlement().startedAt()));
        }
    }

    @Override
    public void unsent(Endpoint endpoint, Delivery delivery, Broken broken) {
        unsent.increment();
    }

    private Timer timer(Kind kind) {
        return Timer.builder("tidings.attempt")
                .description("Attempts: how they ended and how long they took")
                .tag("outcome", kind.outcome)
                .tag("cause", kind.cause)
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofSeconds(15))
                .register(registry);
    }

    /** A status class or a fault: few values, so few series. */
    private static String cause(SendResult result) {
        return switch (result) {
            case SendResult.Answered answered -> answered.statusCode() / 100 + "xx";
            case SendResult.Broken broken -> broken.fault().name().toLowerCase(Locale.ROOT);
        };
    }
}
