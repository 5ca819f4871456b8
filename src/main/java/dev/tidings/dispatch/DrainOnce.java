package dev.tidings.dispatch;

import dev.tidings.queue.DueWork;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Waits until nothing is due any more that could be delivered. The loop delivers as in any node; this only watches it, so
 * retries that fall due meanwhile are delivered too, and those of later wait for the next run.
 *
 * <p>What is due for an endpoint that is down is not waited for: its breaker holds it back, and each run probes it anew.
 * Nor is what another living node holds, or what is due to a webhook that this process can't read. What a dead node holds is.
 */
@ApplicationScoped
public class DrainOnce {
    private static final Logger LOG = Logger.getLogger(DrainOnce.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How it ended. */
    public enum Outcome {
        /** Nothing that is due could be delivered now. */
        NOTHING_IS_LEFT,
        /** The process was told to end. */
        STOPPED,
        /** Something due is left; the next run goes on. */
        TIME_IS_UP
    }

    private final DueWork due;
    private final WebhookCache webhooks;
    private final DispatchLoop loop;
    private final DrainConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);

    DrainOnce(DueWork due, WebhookCache webhooks, DispatchLoop loop, DrainConfig config) {
        this.due = due;
        this.webhooks = webhooks;
        this.loop = loop;
        this.config = config;
    }

    /** Runs on the main thread, which may wait. */
    public Outcome run() {
        long begun = System.nanoTime();
        try {
            while (isLeft()) {
                if (System.nanoTime() - begun >= config.atMost().toNanos()) {
                    LOG.warnf(
                            "Time is up after %s (tidings.drain.at-most), and something due is left", config.atMost());
                    return Outcome.TIME_IS_UP;
                }
                if (stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return Outcome.STOPPED;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.STOPPED;
        }
        LOG.infof(
                "Nothing due is left, but for %d endpoints that are down",
                loop.heldBack().size());
        if (webhooks.unreadable() > 0) {
            LOG.warnf(
                    "%d webhooks can't be read by this process: what is due to them is left to one that can",
                    webhooks.unreadable());
        }
        return Outcome.NOTHING_IS_LEFT;
    }

    /** First, so that the database is not asked for more while everything closes. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) ShutdownEvent event) {
        stopped.countDown();
    }

    private boolean isLeft() {
        Set<UUID> down = loop.heldBack();
        Set<UUID> up = webhooks.all().stream()
                .filter(Endpoint::active)
                .map(Endpoint::id)
                .filter(id -> !down.contains(id))
                .collect(Collectors.toSet());
        return due.isLeft(up).await().atMost(PATIENCE);
    }
}
