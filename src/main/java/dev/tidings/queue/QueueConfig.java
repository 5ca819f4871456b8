package dev.tidings.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The queue's settings. */
@ConfigMapping(prefix = "tidings.queue")
public interface QueueConfig {

    /** How many events or results share one statement at most. */
    @WithDefault("256")
    int batchSize();

    /** How many statements of one kind (enqueue, settle) run at once; what arrives meanwhile makes up the next batch. */
    @WithDefault("2")
    int concurrentStatements();

    /** How long after a commit events gather for the next; one that comes later, or fills a batch, does not wait. */
    @WithDefault("2ms")
    Duration enqueueAfter();

    /** How long results gather before one statement settles them; at least 1 ms, and at once when a batch is full. */
    @WithDefault("20ms")
    Duration settleAfter();

    /** How many events may wait for their commit on this node before ingest answers 429; each 4 KiB count as one more. */
    @WithDefault("20000")
    int waitingEvents();

    /** How often a node says that it lives. */
    @WithDefault("2s")
    Duration heartbeatEvery();

    /** After how long without a heartbeat a node's leases are taken over. At least three heartbeats. */
    @WithDefault("10s")
    Duration deadAfter();
}
