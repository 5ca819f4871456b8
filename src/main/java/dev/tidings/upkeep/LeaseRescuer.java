package dev.tidings.upkeep;

import dev.tidings.queue.DeadLeases;
import dev.tidings.queue.Orphans;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Frees what dead nodes hold, and ends what a deleted webhook left behind. Every node does it; none depends on another. */
@ApplicationScoped
class LeaseRescuer {
    private static final Logger LOG = Logger.getLogger(LeaseRescuer.class);

    private final DeadLeases deadLeases;
    private final Orphans orphans;

    LeaseRescuer(DeadLeases deadLeases, Orphans orphans) {
        this.deadLeases = deadLeases;
        this.orphans = orphans;
    }

    @Scheduled(every = "{tidings.queue.heartbeat-every:2s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> rescue() {
        return Chore.done(
                untilNone(deadLeases::free).invoke(freed -> {
                    if (freed > 0) {
                        LOG.infof("Took over %d deliveries of a dead node", freed);
                    }
                }),
                LOG,
                "Dead nodes' leases could not be freed; tried again soon");
    }

    @Scheduled(every = "10s", delayed = "3s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> endOrphans() {
        return Chore.done(
                untilNone(orphans::end).invoke(ended -> {
                    if (ended > 0) {
                        LOG.infof("%d deliveries ended with their deleted webhook", ended);
                    }
                }),
                LOG,
                "Deliveries of deleted webhooks could not be ended");
    }

    /** Repeats a step of bounded size until there is nothing left for it, and answers the sum. */
    private static Uni<Integer> untilNone(Supplier<Uni<Integer>> step) {
        return step.get()
                .chain(done ->
                        done == 0 ? Uni.createFrom().item(0) : untilNone(step).map(more -> more + done));
    }
}
