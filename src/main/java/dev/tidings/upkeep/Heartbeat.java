package dev.tidings.upkeep;

import dev.tidings.queue.Lease;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Says that this node lives. */
@ApplicationScoped
class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final Lease lease;

    Heartbeat(Lease lease) {
        this.lease = lease;
    }

    @Scheduled(every = "{tidings.queue.heartbeat-every:2s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        return Chore.done(lease.beat(), LOG, "A heartbeat failed; sending stops if this goes on");
    }
}
