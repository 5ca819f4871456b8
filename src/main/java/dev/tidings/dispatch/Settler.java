package dev.tidings.dispatch;

import dev.tidings.queue.DeliveryQueue;
import dev.tidings.queue.Lease;
import dev.tidings.queue.Settlement;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Keeps a result in memory until the database takes it, or until the lease is lost and it counts no more; clears up what a
 * fault of the database left in doubt.
 */
final class Settler {
    private static final Logger LOG = Logger.getLogger(Settler.class);

    /** Between two tries; they grow from the one to the other. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final DeliveryQueue queue;
    private final Lease lease;

    Settler(DeliveryQueue queue, Lease lease) {
        this.queue = queue;
        this.lease = lease;
    }

    /** Whether it counted. What repeats is put together only when it is needed: it costs more than what it repeats. */
    Uni<Boolean> settle(Settlement settlement) {
        return queue.settle(settlement)
                .onFailure(failure -> isOwn(settlement))
                .recoverWithUni(() -> settleAgain(settlement));
    }

    private Uni<Boolean> settleAgain(Settlement settlement) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(FIRST_PAUSE)
                .flatMap(paused -> queue.settle(settlement))
                .onFailure(failure -> isOwn(settlement))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(Long.MAX_VALUE);
    }

    /** After a statement of which nobody knows whether it was committed: gives back what is leased and not known. */
    void clearUp(Set<UUID> known) {
        if (queue.isUnsure()) {
            queue.releaseUnknown(Set.copyOf(known))
                    .subscribe()
                    .with(
                            freed -> LOG.infof("After a fault of the database %d deliveries were given back", freed),
                            failure -> LOG.debugf("Still unsure what this node holds: %s", failure.getMessage()));
        }
    }

    private boolean isOwn(Settlement settlement) {
        return lease.isOwn(settlement.delivery().holder());
    }
}
