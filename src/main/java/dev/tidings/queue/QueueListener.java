package dev.tidings.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of every statement of the queue; for metrics. Called on the database client's event loops: be quick. */
public interface QueueListener {

    /** The queue's statements. */
    enum Step {
        ENQUEUE,
        DUE,
        CLAIM,
        SETTLE,
        RELEASE
    }

    /**
     * A statement ended.
     *
     * @param rows how many rows it was about
     * @param failure why it failed, or {@code null}
     */
    void ran(Step step, int rows, Duration took, @Nullable Throwable failure);
}
