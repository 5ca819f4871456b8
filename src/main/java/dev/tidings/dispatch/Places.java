package dev.tidings.dispatch;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places in memory: so many per webhook, so many bytes in all. What finds none waits in the queue.
 *
 * <p>Once a webhook's places were all taken it <em>spills</em>: new deliveries go to the table, behind those that went
 * before them, until a claim has found the table empty. Without that the newest would always overtake the oldest.
 *
 * <p>Concurrency: any thread. The counters are atomic one by one; between check and count two threads may overshoot a
 * limit by one delivery each, which costs nothing.
 */
final class Places {
    private final int perWebhook;
    private final long bytes;
    private final Map<UUID, AtomicLong> taken = new ConcurrentHashMap<>();
    private final AtomicLong bytesTaken = new AtomicLong();
    private final Set<UUID> spilling = ConcurrentHashMap.newKeySet();

    Places(int perWebhook, long bytes) {
        this.perWebhook = perWebhook;
        this.bytes = bytes;
    }

    /** Takes a place, or answers {@code false}, and from then on the webhook spills. */
    boolean reserve(UUID webhookId, int size) {
        if (spilling.contains(webhookId)) {
            return false;
        }
        if (free(webhookId) <= 0) {
            spilling.add(webhookId);
            return false;
        }
        take(webhookId, size);
        return true;
    }

    /** Takes a place for what was claimed: its room was asked for before. */
    void take(UUID webhookId, int size) {
        counter(webhookId).incrementAndGet();
        bytesTaken.addAndGet(size);
    }

    void giveBack(UUID webhookId, int size) {
        counter(webhookId).decrementAndGet();
        bytesTaken.addAndGet(-size);
    }

    /** How many more deliveries of that webhook fit. */
    int free(UUID webhookId) {
        return bytesTaken.get() >= bytes
                ? 0
                : (int) Math.max(0, perWebhook - counter(webhookId).get());
    }

    /** The table holds no more due first attempts of that webhook. */
    void caughtUp(UUID webhookId) {
        spilling.remove(webhookId);
    }

    private AtomicLong counter(UUID webhookId) {
        return taken.computeIfAbsent(webhookId, id -> new AtomicLong());
    }
}
