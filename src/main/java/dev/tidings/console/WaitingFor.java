package dev.tidings.console;

import dev.tidings.queue.LoggedDelivery;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What an unfinished delivery waits for, by what is true for all nodes: its webhook's state and its due time. What only one
 * node knows (that a breaker is open, that the tenant's rate is used up, that the way out is down) is not told as if it
 * held for all: then it is due, and its turn has not come.
 */
@Singleton
class WaitingFor {
    /** In the API's words. */
    static final String RESUME = "resume";

    static final String SCHEDULE = "schedule";
    static final String TURN = "turn";

    private final WebhookCache webhooks;
    private final InstantSource clock;

    WaitingFor(WebhookCache webhooks, InstantSource clock) {
        this.webhooks = webhooks;
        this.clock = clock;
    }

    /** {@code null}: it waits for nothing, since it has ended or is being attempted. */
    @Nullable
    String of(LoggedDelivery delivery) {
        Instant due = delivery.state().nextAttemptAt();
        if (due == null) {
            return null;
        }
        Endpoint webhook = delivery.webhookId() == null ? null : webhooks.byId(delivery.webhookId());
        if (webhook != null && !webhook.active()) {
            return RESUME;
        }
        return due.isAfter(clock.instant()) ? SCHEDULE : TURN;
    }
}
