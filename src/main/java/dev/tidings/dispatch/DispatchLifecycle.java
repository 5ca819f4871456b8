package dev.tidings.dispatch;

import dev.tidings.queue.Lease;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Begins and ends dispatching with the application. Runs on the main thread, which may wait. */
@ApplicationScoped
class DispatchLifecycle {
    private static final Logger LOG = Logger.getLogger(DispatchLifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DispatchLoop loop;
    private final Lease lease;
    private final DispatchConfig config;

    DispatchLifecycle(DispatchLoop loop, Lease lease, DispatchConfig config) {
        this.loop = loop;
        this.lease = lease;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        lease.beat().await().atMost(PATIENCE);
        if (config.enabled()) {
            loop.start();
        }
    }

    /** HTTP requests have ended by then. First here: caches and pools are still open. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        try {
            loop.drain().get(config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
            lease.end().await().atMost(PATIENCE);
            LOG.info("Drained: what was in flight is settled, what waits is free for other nodes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            LOG.warnf(
                    "Not drained within %s: the rest is taken over after the lease's end (%s)",
                    config.drainTimeout(), e);
        }
    }
}
