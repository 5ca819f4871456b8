package dev.tidings.upkeep;

import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.HealthStore;
import dev.tidings.webhook.HealthStore.Finding;
import dev.tidings.webhook.WebhookCache;
import dev.tidings.webhook.WebhookStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Looks after endpoints that are unwell, and pauses the webhooks of those that stay so. Every node does it, one at a time. */
@ApplicationScoped
class HealthKeeper {
    private static final Logger LOG = Logger.getLogger(HealthKeeper.class);

    private final HealthStore health;
    private final WebhookCache cache;
    private final WebhookStore webhooks;

    HealthKeeper(HealthStore health, WebhookCache cache, WebhookStore webhooks) {
        this.health = health;
        this.cache = cache;
        this.webhooks = webhooks;
    }

    @Scheduled(every = "{tidings.health.look-every:1m}", delayed = "3s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return Chore.done(
                health.look()
                        .onItem()
                        .transformToMulti(found -> Multi.createFrom().iterable(found))
                        .onItem()
                        .transformToUniAndConcatenate(this::act)
                        .collect()
                        .last(),
                LOG,
                "The health of endpoints could not be looked at; soon again");
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return Chore.done(health.forget(), LOG, "Old counts of attempts were not dropped; tried again in an hour");
    }

    /** A webhook that was edited since is left alone: what an older URL answered says nothing of it. */
    private Uni<Void> act(Finding finding) {
        LOG.warnf(
                "Webhook %s is %s: %s",
                finding.webhookId(), finding.due() ? "to be disabled" : finding.state(), finding.reason());
        Endpoint endpoint = finding.due() ? cache.byId(finding.webhookId()) : null;
        return endpoint == null
                ? Uni.createFrom().voidItem()
                : webhooks.pauseBecause(endpoint, HealthStore.DISABLED + ": " + finding.reason());
    }
}
