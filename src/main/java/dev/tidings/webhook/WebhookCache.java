package dev.tidings.webhook;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import dev.tidings.notice.NoticeListener;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All webhooks, in memory. A change is here at once on the node that made it, and on the others when its notification
 * arrives.
 *
 * <p>Concurrency: any thread reads; writes come from commits on this node, from notifications and from rereads, which may
 * overtake one another. So an older version never replaces a newer one, and what was deleted never comes back: an id is
 * used once. Writes exclude one another, for {@code byTenant} to follow {@code byId}.
 */
@Singleton
public class WebhookCache implements NoticeListener {
    /** What an event is matched with: what every version of Tidings can read of a webhook. */
    public record Target(UUID webhookId, Set<Channel> channels, PayloadVersion payloadVersion) {}

    private static final Logger LOG = Logger.getLogger(WebhookCache.class);
    private static final String STAYS = "stays as it was on this node";
    private static final String CANT_BE_SENT_TO = "can't be sent to by this node; its deliveries wait for one that can";

    private final Map<UUID, Endpoint> byId = new ConcurrentHashMap<>();
    private final Map<Tenant, UUID> byTenant = new ConcurrentHashMap<>();
    /** Those of which this node can't read even an older version: it takes their events in, and others send them. */
    private final Map<Tenant, Target> unreadable = new ConcurrentHashMap<>();

    private final Event<WebhookChanged> changes;
    private final WebhookRow rows;
    /** Those deleted since the reread before the last: readings that began before their end have ended by then. */
    private final Set<UUID> deleted = new HashSet<>();

    private Set<UUID> deletedBefore = new HashSet<>();
    private volatile boolean ready;

    WebhookCache(WebhookRow rows, Event<WebhookChanged> changes) {
        this.rows = rows;
        this.changes = changes;
    }

    /** The tenant's webhook, paused or not; {@code null} when it has none. */
    public @Nullable Endpoint find(Tenant tenant) {
        UUID id = byTenant.get(tenant);
        return id == null ? null : byId.get(id);
    }

    /** The tenant's webhook for its events, also where this node can't read all of it; {@code null} when it has none. */
    public @Nullable Target target(Tenant tenant) {
        Endpoint known = find(tenant);
        return known == null
                ? unreadable.get(tenant)
                : new Target(known.id(), known.channels(), known.payloadVersion());
    }

    /** How many webhooks this node knows of, and can't send to. */
    public int unreadable() {
        return unreadable.size();
    }

    public @Nullable Endpoint byId(UUID id) {
        return byId.get(id);
    }

    /** All webhooks, paused ones too; a live view. */
    public Collection<Endpoint> all() {
        return byId.values();
    }

    /** Whether the database was read. */
    public boolean isReady() {
        return ready;
    }

    @Override
    public String channel() {
        return "webhook_changed";
    }

    @Override
    public void heard(String payload) {
        UUID id = UUID.fromString(payload);
        SafeContext.run(() -> Panache.withSession(() -> Webhook.<Webhook>findById(id)))
                .subscribe()
                .with(
                        found -> replace(id, found),
                        e -> LOG.warnf("Webhook %s changed and could not be read; soon again: %s", id, e.getMessage()));
    }

    @Override
    public Uni<Void> reread() {
        // What was made here while the list was on its way must not be taken for deleted.
        Set<UUID> before = new HashSet<>(byId.keySet());
        unreadable.values().forEach(target -> before.add(target.webhookId()));
        return SafeContext.run(() -> Panache.withSession(() -> Webhook.<Webhook>listAll()))
                .invoke(all -> replaceAll(before, all))
                .replaceWithVoid();
    }

    private void replaceAll(Set<UUID> before, List<Webhook> all) {
        for (Webhook row : all) {
            before.remove(row.id);
            replace(row.id, row);
        }
        before.forEach(id -> replace(id, null));
        forgetDeletions();
        ready = true;
    }

    private synchronized void forgetDeletions() {
        deleted.removeAll(deletedBefore);
        deletedBefore = new HashSet<>(deleted);
    }

    private void replace(UUID id, @Nullable Webhook row) {
        if (row == null ? forget(id) : take(row)) {
            changes.fire(new WebhookChanged(id));
        }
    }

    /** Answers whether that was news. Whatever is wrong with one row, the other webhooks are read. */
    private boolean take(Webhook row) {
        Endpoint endpoint;
        try {
            endpoint = rows.endpoint(row);
        } catch (RuntimeException e) {
            // Sealed with a key that this node was not told of, of a later version of Tidings, or tampered with.
            LOG.errorf("Webhook %s %s: %s", row.id, keepTarget(row) ? STAYS : CANT_BE_SENT_TO, e.getMessage());
            return false;
        }
        return put(endpoint);
    }

    /** Answers whether an older version is known here, which still holds. */
    private synchronized boolean keepTarget(Webhook row) {
        if (byId.containsKey(row.id)) {
            return true;
        }
        if (!deleted.contains(row.id)) {
            unreadable.put(row.tenant(), WebhookRow.target(row));
        }
        return false;
    }

    /** Answers whether that was news. */
    synchronized boolean put(Endpoint endpoint) {
        Endpoint old = byId.get(endpoint.id());
        if (deleted.contains(endpoint.id()) || (old != null && old.version() >= endpoint.version())) {
            return false;
        }
        unreadable.remove(endpoint.tenant());
        byId.put(endpoint.id(), endpoint);
        byTenant.put(endpoint.tenant(), endpoint.id());
        return true;
    }

    /** Answers whether that was news. */
    synchronized boolean forget(UUID id) {
        deleted.add(id);
        unreadable.values().removeIf(target -> target.webhookId().equals(id));
        Endpoint gone = byId.remove(id);
        if (gone != null && byTenant.remove(gone.tenant(), id)) {
            // Its successor's notification may have been heard first, and a late reading have taken its place.
            byId.values().stream()
                    .filter(other -> other.tenant().equals(gone.tenant()))
                    .forEach(other -> byTenant.put(other.tenant(), other.id()));
        }
        return gone != null;
    }
}
