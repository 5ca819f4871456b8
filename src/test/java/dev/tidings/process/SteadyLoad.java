package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Bursts of events ten times a second, to the nodes in turns; a node that is gone loses its burst, which was not promised. */
final class SteadyLoad implements AutoCloseable {
    private static final int BURST = 40;
    /** Of what is accepted between two steps of a test: enough to be amid work at each of them. */
    private static final int BETWEEN = 100;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<TidingsProcess> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger posted = new AtomicInteger();
    private final Platform platform;

    SteadyLoad(Platform platform) {
        this.platform = platform;
    }

    /** The nodes that are posted to. */
    List<TidingsProcess> nodes() {
        return nodes;
    }

    void start() {
        // A burst that fails is the last one: then awaitMore waits in vain.
        var _ = clock.scheduleWithFixedDelay(this::post, 0, 100, TimeUnit.MILLISECONDS);
    }

    private void post() {
        int until = posted.addAndGet(BURST);
        try {
            platform.postUntil(nodes.get(until / BURST % nodes.size()), until);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until more was accepted. */
    void awaitMore() {
        int enough = platform.accepted().size() + BETWEEN;
        await().atMost(Duration.ofSeconds(30)).until(() -> platform.accepted().size() >= enough);
    }

    /** Posts no more; answers how many were posted. */
    int end() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        return posted.get();
    }

    /** Ends the load, and the nodes that are left. */
    @Override
    public void close() {
        clock.shutdownNow();
        nodes.forEach(TidingsProcess::close);
    }
}
