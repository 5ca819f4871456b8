package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One webhook's deliveries in memory: first attempts and retries apart, and a limit to what is in flight. Confined to the
 * dispatch loop's event loop.
 */
final class Lane {
    private final ArrayDeque<Delivery> firstAttempts = new ArrayDeque<>();
    private final ArrayDeque<Delivery> retries = new ArrayDeque<>();
    private final int limit;
    private int inFlight;
    private int retriesInFlight;

    Lane(int limit) {
        this.limit = limit;
    }

    void add(Delivery delivery) {
        (delivery.isRetry() ? retries : firstAttempts).add(delivery);
    }

    /** Whether {@link #next} would answer something. */
    boolean isReady() {
        return inFlight < limit && (!firstAttempts.isEmpty() || mayRetry());
    }

    /** The next one to send, counted as in flight; {@code null} when none may go now. */
    @Nullable
    Delivery next() {
        if (!isReady()) {
            return null;
        }
        // Where both wait, retries have a quarter of the places: first attempts don't wait behind old failures.
        boolean retry = mayRetry() && (firstAttempts.isEmpty() || retriesInFlight < Math.max(1, limit / 4));
        inFlight++;
        retriesInFlight += retry ? 1 : 0;
        return retry ? retries.remove() : firstAttempts.remove();
    }

    private boolean mayRetry() {
        return !retries.isEmpty() && (firstAttempts.isEmpty() || retriesInFlight < Math.max(1, limit / 4));
    }

    /** An attempt ended. */
    void landed(Delivery delivery) {
        inFlight--;
        retriesInFlight -= delivery.isRetry() ? 1 : 0;
    }

    /** Takes out all that waits. */
    List<Delivery> empty() {
        List<Delivery> all = new ArrayList<>(firstAttempts);
        all.addAll(retries);
        firstAttempts.clear();
        retries.clear();
        return all;
    }

    int waiting() {
        return firstAttempts.size() + retries.size();
    }
}
