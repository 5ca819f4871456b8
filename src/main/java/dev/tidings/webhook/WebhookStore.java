package dev.tidings.webhook;

import dev.tidings.audit.Action;
import dev.tidings.feedback.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks in the database. Every change is in this node's cache before its caller hears of it: who wrote, reads what
 * was written.
 */
@ApplicationScoped
public class WebhookStore {
    private final WebhookCache cache;
    private final WebhookRow rows;
    private final InstantSource clock;
    private final Event<WebhookChanged> changes;
    private final WebhookAudit audit;

    WebhookStore(
            WebhookCache cache,
            WebhookRow rows,
            InstantSource clock,
            Event<WebhookChanged> changes,
            WebhookAudit audit) {
        this.cache = cache;
        this.rows = rows;
        this.clock = clock;
        this.changes = changes;
        this.audit = audit;
    }

    /** Fails with {@link OneWebhookOnly} where the sandbox has one, also when two are created at the same instant. */
    Uni<Webhook> create(Webhook webhook) {
        return transaction(() -> webhook.<Webhook>persistAndFlush()
                        .call(created -> audit.add(Action.WEBHOOK_CREATED, created.createdBy, null, created)))
                .onFailure(ConstraintViolationException.class)
                .transform(e -> new OneWebhookOnly())
                .invoke(this::apply);
    }

    /** {@code null} when there is none of that id, or it is another tenant's. */
    @SuppressWarnings("NullAway") // Panache is not annotated: the first result of none is null.
    Uni<@Nullable Webhook> find(UUID id, Tenant tenant) {
        return SafeContext.run(() -> Panache.withSession(() -> own(id, tenant)));
    }

    /** The webhooks of an organization: of one sandbox, or of all when none is named; by sandbox. */
    Uni<List<Webhook>> list(String imsOrg, @Nullable String sandboxName) {
        return SafeContext.run(() -> Panache.withSession(() -> sandboxName == null
                ? Webhook.list("imsOrg = ?1 order by sandboxName", imsOrg)
                : Webhook.list("imsOrg = ?1 and sandboxName = ?2", imsOrg, sandboxName)));
    }

    /**
     * Changes a webhook, its row locked meanwhile. What {@code change} throws (a stale version, a violation) leaves
     * everything as it was. {@code null} when there is none.
     */
    @SuppressWarnings("NullAway") // Panache is not annotated: the first result of none is null.
    Uni<@Nullable Webhook> change(UUID id, Tenant tenant, Action action, Consumer<Webhook> change) {
        return transaction(() -> ownQuery(id, tenant)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResult()
                        .call(found -> found == null ? Uni.createFrom().nullItem() : changed(found, action, change)))
                .invoke(changed -> {
                    if (changed != null) {
                        apply(changed);
                    }
                });
    }

    /** Deletes a webhook after {@code check} has not thrown; answers whether there was one. */
    Uni<Boolean> delete(UUID id, Tenant tenant, String who, Consumer<Webhook> check) {
        return transaction(() -> own(id, tenant).flatMap(found -> {
                    if (found == null) {
                        return Uni.createFrom().item(false);
                    }
                    check.accept(found);
                    WebhookAudit.Picture before = audit.picture(found);
                    return found.delete()
                            .call(() -> audit.add(Action.WEBHOOK_DELETED, who, before, null))
                            .replaceWith(true);
                }))
                .invoke(deleted -> {
                    if (deleted) {
                        cache.forget(id);
                        changes.fire(new WebhookChanged(id));
                    }
                });
    }

    /**
     * Pauses a webhook for its receiver's sake; deliveries wait until a person resumes it. Only as long as it is still at
     * the version that was sent to: what an older URL answered says nothing of the webhook as it was edited since.
     */
    public Uni<Void> pauseBecause(Endpoint sentTo, String reason) {
        return transaction(() -> Webhook.<Webhook>findById(sentTo.id(), LockModeType.PESSIMISTIC_WRITE)
                        .call(found -> found == null || found.version != sentTo.version() || !found.isActive()
                                ? Uni.createFrom().nullItem()
                                : changed(found, Action.WEBHOOK_PAUSED, row -> {
                                    row.state = Webhook.PAUSED;
                                    row.stateReason = reason;
                                    row.changed(clock.instant(), "tidings");
                                })))
                .invoke(found -> {
                    if (found != null) {
                        apply(found);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Webhook> changed(Webhook found, Action action, Consumer<Webhook> change) {
        WebhookAudit.Picture before = audit.picture(found);
        change.accept(found);
        return found.<Webhook>persistAndFlush().call(changed -> audit.add(action, changed.modifiedBy, before, changed));
    }

    @SuppressWarnings("NullAway") // Panache is not annotated: the first result of none is null.
    private static Uni<@Nullable Webhook> own(UUID id, Tenant tenant) {
        return ownQuery(id, tenant).firstResult();
    }

    private static PanacheQuery<Webhook> ownQuery(UUID id, Tenant tenant) {
        return Webhook.find("id = ?1 and imsOrg = ?2 and sandboxName = ?3", id, tenant.imsOrg(), tenant.sandboxName());
    }

    private void apply(Webhook webhook) {
        cache.put(rows.endpoint(webhook));
        changes.fire(new WebhookChanged(webhook.id));
    }

    private static <T extends @Nullable Object> Uni<T> transaction(Supplier<Uni<T>> work) {
        return SafeContext.run(() -> Panache.withTransaction(work));
    }

    /** The sandbox has a webhook already. */
    static final class OneWebhookOnly extends RuntimeException {
        OneWebhookOnly() {
            super("the sandbox has a webhook", null, false, false);
        }
    }
}
