package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import dev.tidings.queue.DeliveryQueue;
import dev.tidings.queue.HotPath;
import dev.tidings.queue.Lease;
import dev.tidings.queue.Settlement;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import dev.tidings.webhook.WebhookChanged;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop: claim → send → judge → settle.
 *
 * <pre>
 *   commit ──(hot path)──┐
 *                        ▼            a free place                a result
 *   claim ──────────▶ lanes ─────▶ in flight: Courier.attempt ─────▶ settling ─────▶ gone
 *     ▲                                                                 │
 *     └───────────────────────── a place in memory is free ◀────────────┘
 * </pre>
 *
 * <p>Concurrency: lanes, counters and flags belong to one event loop, {@code home}; what arrives from other threads
 * (commits, changes of a webhook, the end) is handed to it. Only {@link Places} is shared. Nothing here blocks, and no
 * connection is held while an attempt is in flight.
 */
@ApplicationScoped
public class DispatchLoop implements HotPath {
    private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
    /** Between two looks whether the table's deliveries find room: each costs by the number of lanes. */
    private static final long REFILL_MILLIS = 2;

    private final DeliveryQueue queue;
    private final Lease lease;
    private final WebhookCache webhooks;
    private final Courier courier;
    private final Settler settler;
    private final DispatchConfig config;
    private final Vertx vertx;
    private final Context home;
    private final Places places;
    private final Lanes lanes;
    private final Refill refill;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /** All that is in memory: in a lane, in flight, or settling. */
    private final Set<UUID> known = new HashSet<>();

    private int settling;
    /** In {@link #run}: it does not begin anew within itself. */
    private boolean sending;

    /** Copied from the lanes on {@code home}, read by metrics. */
    private volatile int inFlight;

    private volatile int broken;
    /** From then on nothing more is sent; places are refused from any thread. */
    private volatile boolean stopping;

    DispatchLoop(
            DeliveryQueue queue,
            Lease lease,
            WebhookCache webhooks,
            Courier courier,
            DispatchConfig config,
            Vertx vertx) {
        this.queue = queue;
        this.lease = lease;
        this.webhooks = webhooks;
        this.courier = courier;
        this.settler = new Settler(queue, lease);
        this.config = config;
        this.vertx = vertx;
        this.home = ((VertxInternal) vertx).createEventLoopContext();
        this.places = new Places(config.inMemoryPerEndpoint(), config.inMemory().asLongValue());
        this.lanes = new Lanes(Lane.Rules.of(config), config.inFlight(), System::nanoTime, this::wakeAfter);
        this.refill = new Refill(queue, config, places, lanes, new Home());
    }

    /** Begins to take part in enqueueing, and to claim. */
    public void start() {
        queue.sendThrough(this);
        home.runOnContext(go -> {
            vertx.setPeriodic(config.claimEvery().toMillis(), tick -> onTick());
            onTick();
        });
    }

    /**
     * Stops: gives back what waits, lets finish what is in flight, settles it.
     *
     * @return completes when all that is done
     */
    public CompletableFuture<Void> drain() {
        stopping = true;
        home.runOnContext(go -> {
            refill.stop();
            giveBack(lanes.emptyAll());
            endIfDrained();
        });
        return drained;
    }

    /** How many attempts are in flight. */
    public int inFlight() {
        return inFlight;
    }

    /** The webhooks whose endpoints are held back by their breakers. Any thread may ask. */
    Set<UUID> heldBack() {
        return places.closed();
    }

    /** How many endpoints are held back by their breakers. */
    public int broken() {
        return broken;
    }

    /** What is paused, or can't be sent to by this node, waits in the table from the beginning. */
    @Override
    public boolean reserve(UUID webhookId, int bytes) {
        return !stopping && endpoint(webhookId) != null && places.reserve(webhookId, bytes);
    }

    @Override
    public void cancel(UUID webhookId, int bytes) {
        places.giveBack(webhookId, bytes);
    }

    @Override
    public void committed(List<Delivery> deliveries) {
        home.runOnContext(go -> {
            deliveries.forEach(this::enter);
            run();
        });
    }

    /** A paused or deleted webhook's deliveries go back to the queue; a changed one's are claimed at once. */
    void onChange(@Observes WebhookChanged change) {
        home.runOnContext(go -> {
            UUID id = change.webhookId();
            if (endpoint(id) == null) {
                giveBack(lanes.empty(id));
            }
            lanes.forget(id);
            places.open(id);
            count();
            refill.claim(id);
        });
    }

    private void enter(Delivery delivery) {
        known.add(delivery.id());
        lanes.add(delivery);
    }

    private void leave(Delivery delivery) {
        known.remove(delivery.id());
        places.giveBack(delivery.webhookId(), delivery.body().length);
    }

    private void onTick() {
        if (stopping) {
            return;
        }
        settler.clearUp(known);
        run();
        refill.ask();
    }

    /** Sends as much as may be in flight; lanes that ran low and have more waiting in the table get it in a moment. */
    private void run() {
        if (sending) {
            return; // An attempt that ended as it began: the turns that are under way go on.
        }
        sending = true;
        try {
            while (!stopping && lease.holder().isPresent()) {
                Delivery delivery = lanes.next();
                if (delivery == null) {
                    break;
                }
                send(delivery);
            }
        } finally {
            sending = false;
        }
        count();
        refill.soon();
    }

    private void wakeAfter(UUID webhookId, long nanos) {
        vertx.setTimer(1 + nanos / 1_000_000, tick -> {
            lanes.wake(webhookId);
            run();
            refill.claim(webhookId);
        });
    }

    private void send(Delivery delivery) {
        Endpoint endpoint = endpoint(delivery.webhookId());
        if (endpoint == null || !lease.isOwn(delivery.holder())) {
            lanes.notSent(delivery);
            giveBack(List.of(delivery));
            return;
        }
        courier.attempt(endpoint, delivery)
                .emitOn(this::atHome)
                .onItem()
                .invoke(settlement -> landed(delivery, settlement, settlement.error()))
                .onFailure()
                .invoke(failure -> landed(delivery, null, failure.getMessage()))
                .flatMap(settler::settle)
                .emitOn(this::atHome)
                .subscribe()
                .with(settled -> left(delivery), failure -> lost(delivery, failure));
    }

    private void landed(Delivery delivery, @Nullable Settlement settlement, @Nullable String error) {
        settling++;
        Duration took = settlement == null ? Duration.ZERO : settlement.took();
        if (lanes.landed(delivery, took, settlement != null && settlement.foundEndpointUp())) {
            breakerChanged(delivery.webhookId(), error);
        }
        run();
    }

    private void breakerChanged(UUID webhookId, @Nullable String reason) {
        if (lanes.isOpenToAll(webhookId)) {
            LOG.infof("Webhook %s: its endpoint is up again, its deliveries go on", webhookId);
            places.open(webhookId);
            refill.claim(webhookId);
        } else {
            LOG.warnf(
                    "Webhook %s: nothing gets through, its deliveries wait; a probe follows every %s. The last attempt: %s",
                    webhookId, config.breakerDelay(), reason);
            places.close(webhookId);
            giveBack(lanes.empty(webhookId));
        }
    }

    private void count() {
        inFlight = lanes.inFlight();
        broken = lanes.broken();
    }

    private void left(Delivery delivery) {
        settling--;
        leave(delivery);
        endIfDrained();
        run();
    }

    private void lost(Delivery delivery, Throwable failure) {
        if (failure instanceof UnsentException) {
            settling--;
            giveBack(List.of(delivery));
            run();
            return;
        }
        LOG.errorf(failure, "Delivery %s: its result was not recorded; the attempt will be repeated", delivery.id());
        left(delivery);
    }

    private final class Home implements Refill.Loop {
        @Override
        public void now(Runnable task) {
            atHome(task);
        }

        @Override
        public void soon(Runnable task) {
            vertx.setTimer(REFILL_MILLIS, tick -> task.run());
        }

        @Override
        public boolean sends(UUID webhookId) {
            return endpoint(webhookId) != null;
        }

        @Override
        public void claimed(List<Delivery> deliveries) {
            deliveries.forEach(DispatchLoop.this::enter);
            if (stopping) {
                giveBack(lanes.emptyAll());
            }
            endIfDrained();
            run();
        }

        @Override
        public void claimFailed() {
            endIfDrained();
        }
    }

    private void giveBack(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        settling++;
        deliveries.forEach(this::leave);
        queue.release(deliveries).emitOn(this::atHome).subscribe().with(done -> released(), failure -> {
            LOG.warnf("%d deliveries are given back a little later: %s", deliveries.size(), failure.getMessage());
            released();
        });
    }

    private void released() {
        settling--;
        endIfDrained();
    }

    private void endIfDrained() {
        if (stopping && lanes.inFlight() == 0 && settling == 0 && !refill.isClaiming()) {
            drained.complete(null);
        }
    }

    private @Nullable Endpoint endpoint(UUID webhookId) {
        Endpoint endpoint = webhooks.byId(webhookId);
        return endpoint != null && endpoint.active() ? endpoint : null;
    }

    /** At once when it is home already: an attempt ends on the context that began it. */
    private void atHome(Runnable task) {
        if (home.equals(Vertx.currentContext())) {
            task.run();
        } else {
            home.runOnContext(go -> task.run());
        }
    }
}
