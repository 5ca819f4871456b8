package dev.tidings.upkeep;

import dev.tidings.queue.ErasureStep;
import dev.tidings.queue.ErasureStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Carries erasures out. Every node does it; the database gives each bite to one. */
@ApplicationScoped
class ErasureRunner {
    private static final Logger LOG = Logger.getLogger(ErasureRunner.class);
    /** So many bites belong to one tick at most: deliveries have the database's time before erasures. */
    private static final int MOST_BITES = 20;

    private final ErasureStep step;
    private final ErasureStore erasures;
    private final InstantSource clock;
    private final AuditConfig config;

    ErasureRunner(ErasureStep step, ErasureStore erasures, InstantSource clock, AuditConfig config) {
        this.step = step;
        this.erasures = erasures;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return Chore.done(bites(MOST_BITES), LOG, "An erasure's bite broke off and left nothing; soon again");
    }

    /** As long as the audit trail, which says who asked for them. */
    @Scheduled(every = "1h", delayed = "6m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> drop() {
        return Chore.done(
                erasures.dropBefore(clock.instant().minus(Duration.ofDays(config.retentionDays()))),
                LOG,
                "Old erasures were not dropped; tried again in an hour");
    }

    private Uni<Void> bites(int most) {
        return step.make()
                .chain(made ->
                        made && most > 1 ? bites(most - 1) : Uni.createFrom().voidItem());
    }
}
