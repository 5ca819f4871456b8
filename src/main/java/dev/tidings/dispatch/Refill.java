package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import dev.tidings.queue.DeliveryQueue;
import dev.tidings.queue.LaneKey;
import dev.tidings.queue.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * From the table into memory: finds out which lanes have something due there, and claims for those that have room.
 *
 * <p>Concurrency: confined to the dispatch loop's event loop, on which every method is called; one question and one claim
 * are under way at once.
 */
final class Refill {
    private static final Logger LOG = Logger.getLogger(Refill.class);

    /** The loop that it fills: its event loop, and who gets what is claimed. */
    interface Loop {
        /** Runs there, as soon as it is free. */
        void now(Runnable task);

        /** Runs there in a moment, in which more of the same may come together. */
        void soon(Runnable task);

        /** Whether that webhook's deliveries are sent at present. */
        boolean sends(UUID webhookId);

        /** These are leased to this node, and each has its place. */
        void claimed(List<Delivery> deliveries);

        /** A claim has ended without an answer. */
        void claimFailed();
    }

    private final DeliveryQueue queue;
    private final DispatchConfig config;
    private final Places places;
    private final Lanes lanes;
    private final Loop loop;
    private final Backlog backlog = new Backlog();
    private boolean asking;
    private boolean claiming;
    /** A look at the backlog is due anyway, in a moment. */
    private boolean lookComes;

    private boolean stopped;

    Refill(DeliveryQueue queue, DispatchConfig config, Places places, Lanes lanes, Loop loop) {
        this.queue = queue;
        this.config = config;
        this.places = places;
        this.lanes = lanes;
        this.loop = loop;
    }

    /** Begins no claim any more. */
    void stop() {
        stopped = true;
    }

    /** Whether a claim is under way. */
    boolean isClaiming() {
        return claiming;
    }

    /** Looks which lanes have something due in the table. */
    void ask() {
        if (asking) {
            return;
        }
        asking = true;
        queue.due().emitOn(loop::now).subscribe().with(this::asked, failure -> {
            asking = false;
            LOG.warnf("What is due could not be asked, and is asked again: %s", failure.getMessage());
        });
    }

    private void asked(List<LaneKey> due) {
        asking = false;
        backlog.found(due.stream().filter(key -> loop.sends(key.webhookId())).toList());
        Set<LaneKey> waiting = Set.copyOf(due);
        for (UUID id : places.spilling()) {
            if (!waiting.contains(new LaneKey(id, false))) {
                places.caughtUp(id);
            }
        }
        look();
    }

    /** Room may have become free: claims in a moment, if anything is known to wait. */
    void soon() {
        if (!claiming && !lookComes && !stopped && !backlog.isEmpty()) {
            lookComes = true;
            loop.soon(() -> {
                lookComes = false;
                look();
            });
        }
    }

    private void look() {
        if (!claiming) {
            claim(backlog.waiting(key -> lanes.waiting(key.webhookId()) < config.inMemoryPerEndpoint() / 2));
        }
    }

    /** Claims for that webhook at once, whatever is known of it. */
    void claim(UUID webhookId) {
        claim(Backlog.of(webhookId));
    }

    private void claim(List<LaneKey> keys) {
        List<Room> rooms = claiming || stopped ? List.of() : rooms(keys);
        if (rooms.isEmpty()) {
            return;
        }
        claiming = true;
        queue.claim(rooms).emitOn(loop::now).subscribe().with(claimed -> claimed(rooms, claimed), failure -> {
            claiming = false;
            LOG.warnf("A claim failed and is tried again: %s", failure.getMessage());
            loop.claimFailed();
        });
    }

    /** Many lanes get a few places each: those that fill them are asked for again, alone, and get more. */
    private List<Room> rooms(List<LaneKey> keys) {
        int share = Math.max(4, config.claimSize() / Math.max(1, keys.size()));
        List<Room> rooms = new ArrayList<>();
        int left = config.claimSize();
        for (var key : keys) {
            UUID id = key.webhookId();
            if (!loop.sends(id)) {
                // Paused, or gone: its deliveries wait. When it is resumed, it is asked for.
                backlog.served(key, false);
                continue;
            }
            int room = Math.min(Math.min(share, left), Math.min(places.free(id), lanes.appetite(id)));
            if (room > 0) {
                rooms.add(new Room(id, key.retries(), room));
                left -= room;
            }
        }
        return rooms;
    }

    private void claimed(List<Room> rooms, List<Delivery> claimed) {
        claiming = false;
        Map<LaneKey, Integer> got = new HashMap<>();
        for (Delivery delivery : claimed) {
            places.take(delivery.webhookId(), delivery.body().length);
            got.merge(new LaneKey(delivery.webhookId(), delivery.isRetry()), 1, Integer::sum);
        }
        for (Room room : rooms) {
            var key = new LaneKey(room.webhookId(), room.retries());
            boolean more = got.getOrDefault(key, 0) >= room.places();
            backlog.served(key, more);
            if (!more && !room.retries()) {
                places.caughtUp(room.webhookId());
            }
        }
        loop.claimed(claimed);
        look();
    }
}
