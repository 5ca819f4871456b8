package dev.tidings.dispatch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places in memory: so many per webhook, so many bytes in all. What finds none waits in the queue.
 *
 * <p>Of the bytes, a webhook may take as many as it would leave free: one that floods gets half, the second a third, and
 * there is always room for another (the dynamic thresholds of shared buffers in switches).
 *
 * <p>Once a webhook's places were all taken it <em>spills</em>: new deliveries go to the table, behind those that went
 * before them, until a claim has found the table empty. Without that the newest would always overtake the oldest.
 *
 * <p>Concurrency: any thread. What a webhook has is changed as one; between check and count two threads may overshoot a
 * limit by one delivery each, which costs nothing.
 */
final class Places {
    private record Taken(long places, long bytes) {
        static final Taken NOTHING = new Taken(0, 0);

        Taken plus(Taken more) {
            return new Taken(places + more.places, bytes + more.bytes);
        }
    }

    private final int perWebhook;
    private final long bytes;
    private final Map<UUID, Taken> taken = new ConcurrentHashMap<>();
    private final AtomicLong bytesTaken = new AtomicLong();
    private final Set<UUID> spilling = ConcurrentHashMap.newKeySet();
    private final Set<UUID> closed = ConcurrentHashMap.newKeySet();

    Places(int perWebhook, long bytes) {
        this.perWebhook = perWebhook;
        this.bytes = bytes;
    }

    /** Takes a place, or answers {@code false}, and from then on the webhook spills. */
    boolean reserve(UUID webhookId, int size) {
        if (spilling.contains(webhookId)) {
            return false;
        }
        if (closed.contains(webhookId) || free(webhookId) <= 0) {
            spilling.add(webhookId);
            return false;
        }
        take(webhookId, size);
        return true;
    }

    /** Takes a place for what was claimed: its room was asked for before. */
    void take(UUID webhookId, int size) {
        change(webhookId, new Taken(1, size));
    }

    void giveBack(UUID webhookId, int size) {
        change(webhookId, new Taken(-1, -size));
    }

    /** Who has nothing here any more is forgotten. */
    private void change(UUID webhookId, Taken more) {
        taken.merge(webhookId, more, (old, added) -> {
            Taken sum = old.plus(added);
            return sum.places == 0 ? null : sum;
        });
        bytesTaken.addAndGet(more.bytes);
    }

    /** How many more deliveries of that webhook fit. */
    int free(UUID webhookId) {
        Taken own = taken.getOrDefault(webhookId, Taken.NOTHING);
        return own.bytes >= bytes - bytesTaken.get() ? 0 : (int) Math.max(0, perWebhook - own.places);
    }

    /** No new delivery of that webhook comes into memory by itself: its endpoint is down. */
    void close(UUID webhookId) {
        closed.add(webhookId);
    }

    void open(UUID webhookId) {
        closed.remove(webhookId);
    }

    /** Whose endpoint is down. */
    Set<UUID> closed() {
        return Set.copyOf(closed);
    }

    /** The table holds no more due first attempts of that webhook. */
    void caughtUp(UUID webhookId) {
        spilling.remove(webhookId);
    }

    /** Whose new deliveries go to the table. */
    Collection<UUID> spilling() {
        return List.copyOf(spilling);
    }

    /** How many webhooks have something here. */
    int webhooks() {
        return taken.size();
    }
}
