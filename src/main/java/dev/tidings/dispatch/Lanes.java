package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All lanes, and whose turn it is: one delivery of each lane that has something to send, then the next lane. Confined to
 * the dispatch loop's event loop.
 */
final class Lanes {
    private final int limitPerLane;
    private final Map<UUID, Lane> lanes = new HashMap<>();
    private final ArrayDeque<UUID> turns = new ArrayDeque<>();
    /** What is in {@code turns}: a lane waits for one turn at a time. */
    private final Set<UUID> queued = new HashSet<>();

    Lanes(int limitPerLane) {
        this.limitPerLane = limitPerLane;
    }

    void add(Delivery delivery) {
        lane(delivery.webhookId()).add(delivery);
        queueUp(delivery.webhookId());
    }

    /** The next delivery to send, or {@code null} when all that waits has to wait for its own lane. */
    @Nullable
    Delivery next() {
        for (UUID id = turns.poll(); id != null; id = turns.poll()) {
            queued.remove(id);
            Delivery delivery = lane(id).next();
            if (delivery != null) {
                queueUp(id);
                return delivery;
            }
        }
        return null;
    }

    /** An attempt ended: its lane may have a turn again. */
    void landed(Delivery delivery) {
        lane(delivery.webhookId()).landed(delivery);
        queueUp(delivery.webhookId());
    }

    /** Takes out all that waits for that webhook. */
    List<Delivery> empty(UUID webhookId) {
        return lane(webhookId).empty();
    }

    /** Takes out all that waits. */
    List<Delivery> emptyAll() {
        List<Delivery> all = new ArrayList<>();
        lanes.values().forEach(lane -> all.addAll(lane.empty()));
        return all;
    }

    int waiting(UUID webhookId) {
        Lane lane = lanes.get(webhookId);
        return lane == null ? 0 : lane.waiting();
    }

    private void queueUp(UUID id) {
        if (lane(id).isReady() && queued.add(id)) {
            turns.add(id);
        }
    }

    private Lane lane(UUID id) {
        return lanes.computeIfAbsent(id, any -> new Lane(limitPerLane));
    }
}
