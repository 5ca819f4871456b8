package dev.tidings.upkeep;

import dev.tidings.webhook.SealStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Encrypts with the current key what an older one encrypted, so that the older one can go. Every node does it. */
@ApplicationScoped
class SecretsKeeper {
    private static final Logger LOG = Logger.getLogger(SecretsKeeper.class);

    private final SealStore seals;

    SecretsKeeper(SealStore seals) {
        this.seals = seals;
    }

    @Scheduled(every = "60s", delayed = "4s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sealAnew() {
        return Chore.done(
                seals.sealAnew().invoke(count -> {
                    if (count > 0) {
                        LOG.infof("The secrets of %d webhooks are encrypted with the current key now", count);
                    }
                }),
                LOG,
                "Secrets could not be encrypted anew; tried again soon");
    }
}
