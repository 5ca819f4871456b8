package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which lanes have more waiting in the table, as far as the last claim saw. Confined to the dispatch loop's event loop.
 */
final class Backlog {
    /** A webhook's first attempts, or its retries. */
    record LaneKey(UUID webhookId, boolean retries) {
        static LaneKey of(Delivery delivery) {
            return new LaneKey(delivery.webhookId(), delivery.isRetry());
        }
    }

    private final Set<LaneKey> more = new LinkedHashSet<>();

    /** The last claim got all that it asked for, or not. */
    void mark(LaneKey key, boolean hasMore) {
        // Out and in again: whoever was served goes to the end, so that all get their turn.
        more.remove(key);
        if (hasMore) {
            more.add(key);
        }
    }

    /** Both lanes of a webhook. */
    List<LaneKey> of(UUID webhookId) {
        return List.of(new LaneKey(webhookId, false), new LaneKey(webhookId, true));
    }

    /** The lanes that are known to have more and fit. */
    List<LaneKey> waiting(Predicate<LaneKey> fits) {
        return more.stream().filter(fits).toList();
    }
}
