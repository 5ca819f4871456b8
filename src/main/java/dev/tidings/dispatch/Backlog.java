package dev.tidings.dispatch;

import dev.tidings.queue.LaneKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which lanes have something due in the table, as far as was last seen; who was served last stands last. Confined to the
 * dispatch loop's event loop.
 */
final class Backlog {
    private final Set<LaneKey> more = new LinkedHashSet<>();

    /** These have something due; those that were known keep their turn. */
    void found(Collection<LaneKey> keys) {
        more.addAll(keys);
    }

    boolean isEmpty() {
        return more.isEmpty();
    }

    /** A claim got all that it asked for, or not. */
    void served(LaneKey key, boolean hasMore) {
        // Out and in again: whoever was served goes to the end, so that all get their turn.
        more.remove(key);
        if (hasMore) {
            more.add(key);
        }
    }

    /** Both lanes of a webhook. */
    static List<LaneKey> of(UUID webhookId) {
        return List.of(new LaneKey(webhookId, false), new LaneKey(webhookId, true));
    }

    /** The lanes that are known to have more and fit. */
    List<LaneKey> waiting(Predicate<LaneKey> fits) {
        return more.stream().filter(fits).toList();
    }
}
