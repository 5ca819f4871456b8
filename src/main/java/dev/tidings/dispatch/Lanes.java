package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All lanes, and whose turn it is: one delivery of each lane that has something to send, then the next lane. Once half of
 * all places are taken, no lane takes more than an eighth of those that are free: however many endpoints hang, there is
 * room for another.
 *
 * <p>Confined to the dispatch loop's event loop.
 */
final class Lanes {
    /** Asks to be called back with {@link #wake} when a lane has waited as long as it must. */
    interface Alarm {
        void set(UUID webhookId, long nanos);
    }

    private static final int SHARE_OF_FREE = 8;
    /**
     * How many lanes are looked at for one delivery. The next look goes on where this one ended, and follows when an
     * attempt has landed: so every lane gets its turn, and a thousand that have their share cost no more than a few.
     */
    private static final int MOST_LOOKS = 32;

    private final Lane.Rules rules;
    private final int capacity;
    private final LongSupplier nanoTime;
    private final Alarm alarm;
    private final Map<UUID, Lane> lanes = new HashMap<>();
    private final ArrayDeque<UUID> turns = new ArrayDeque<>();
    /** What is in {@code turns}: a lane waits for one turn at a time. */
    private final Set<UUID> queued = new HashSet<>();
    /** Whose alarm is set. */
    private final Set<UUID> sleeping = new HashSet<>();

    private int inFlight;
    private int broken;

    /** @param capacity how many may be in flight over all */
    Lanes(Lane.Rules rules, int capacity, LongSupplier nanoTime, Alarm alarm) {
        this.rules = rules;
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.alarm = alarm;
    }

    void add(Delivery delivery) {
        lane(delivery.webhookId()).add(delivery);
        queueUp(delivery.webhookId());
    }

    /** The next delivery to send, or {@code null} when all that waits has to wait for its own lane. */
    @Nullable
    Delivery next() {
        long now = nanoTime.getAsLong();
        for (int looks = Math.min(MOST_LOOKS, turns.size()); looks > 0 && inFlight < capacity; looks--) {
            UUID id = turns.remove();
            Lane lane = lane(id);
            if (isOverItsShare(lane)) {
                turns.add(id);
                continue;
            }
            queued.remove(id);
            Delivery delivery = lane.next(now);
            if (delivery != null) {
                inFlight++;
            }
            queueUp(id);
            if (delivery != null) {
                return delivery;
            }
        }
        return null;
    }

    private boolean isOverItsShare(Lane lane) {
        return inFlight >= capacity / 2 && lane.inFlight() >= Math.max(1, (capacity - inFlight) / SHARE_OF_FREE);
    }

    /**
     * An attempt ended.
     *
     * @return whether that opened or closed the lane's breaker
     */
    boolean landed(Delivery delivery, Duration took, boolean up) {
        Lane lane = lane(delivery.webhookId());
        boolean changed = lane.learn(took, up);
        if (changed) {
            broken += lane.isOpenToAll() ? -1 : 1;
        }
        notSent(delivery);
        return changed;
    }

    /** An attempt did not begin after all: its lane may have a turn again. */
    void notSent(Delivery delivery) {
        Lane lane = lane(delivery.webhookId());
        lane.landed(delivery);
        inFlight--;
        queueUp(delivery.webhookId());
    }

    /** The time has come that an alarm was set for. */
    void wake(UUID webhookId) {
        sleeping.remove(webhookId);
        if (lanes.containsKey(webhookId)) {
            queueUp(webhookId);
        }
    }

    /** Whether the lane's breaker holds nothing back. */
    boolean isOpenToAll(UUID webhookId) {
        Lane lane = lanes.get(webhookId);
        return lane == null || lane.isOpenToAll();
    }

    /** How many more of that webhook make sense in memory, for all that its breaker says. */
    int appetite(UUID webhookId) {
        Lane lane = lanes.get(webhookId);
        return lane == null ? Integer.MAX_VALUE : lane.appetite(nanoTime.getAsLong());
    }

    /** Takes out all that waits for that webhook. */
    List<Delivery> empty(UUID webhookId) {
        Lane lane = lanes.get(webhookId);
        return lane == null ? List.of() : lane.empty();
    }

    /** What was learnt of an endpoint that changed, or is gone, holds no more. */
    void forget(UUID webhookId) {
        Lane lane = lanes.get(webhookId);
        if (lane != null && lane.waiting() == 0 && lane.inFlight() == 0) {
            broken -= lane.isOpenToAll() ? 0 : 1;
            lanes.remove(webhookId);
            sleeping.remove(webhookId);
            if (queued.remove(webhookId)) {
                turns.remove(webhookId);
            }
        }
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

    /** How many are in flight over all. */
    int inFlight() {
        return inFlight;
    }

    /** How many lanes' breakers are open, or probing. */
    int broken() {
        return broken;
    }

    private void queueUp(UUID id) {
        long now = nanoTime.getAsLong();
        Lane lane = lane(id);
        if (lane.isReady(now)) {
            if (queued.add(id)) {
                turns.add(id);
            }
            return;
        }
        long nanos = lane.nanosHeldBack(now);
        if (nanos > 0 && sleeping.add(id)) {
            alarm.set(id, nanos);
        }
    }

    private Lane lane(UUID id) {
        return lanes.computeIfAbsent(id, any -> new Lane(rules, nanoTime.getAsLong()));
    }
}
