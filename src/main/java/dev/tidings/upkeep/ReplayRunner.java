package dev.tidings.upkeep;

import dev.tidings.queue.ReplayStep;
import dev.tidings.queue.ReplayStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Carries replays out, as fast as their rates allow. Every node does it; the database gives each step to one. */
@ApplicationScoped
class ReplayRunner {
    private static final Logger LOG = Logger.getLogger(ReplayRunner.class);
    /** So many steps belong to one tick at most: a step that is always due must not keep the chore for itself. */
    private static final int MOST_STEPS = 50;

    private final ReplayStep step;
    private final ReplayStore replays;
    private final InstantSource clock;
    private final UpkeepConfig config;

    ReplayRunner(ReplayStep step, ReplayStore replays, InstantSource clock, UpkeepConfig config) {
        this.step = step;
        this.replays = replays;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return steps(MOST_STEPS)
                .onFailure()
                .invoke(e -> LOG.warnf("%s: %s", e.getMessage(), e.getCause()))
                .onFailure()
                .recoverWithNull();
    }

    /** As long as the log itself is kept. */
    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> drop() {
        return Chore.done(
                replays.dropBefore(clock.instant().minus(Duration.ofDays(config.retentionDays()))),
                LOG,
                "Old replays were not dropped; tried again in an hour");
    }

    private Uni<Void> steps(int most) {
        return step.make()
                .chain(made ->
                        made && most > 1 ? steps(most - 1) : Uni.createFrom().voidItem());
    }
}
