package dev.tidings.dispatch;

import dev.tidings.queue.Delivery;
import dev.tidings.queue.DeliveryQueue;
import dev.tidings.queue.HotPath;
import dev.tidings.queue.LaneKey;
import dev.tidings.queue.Lease;
import dev.tidings.queue.Room;
import dev.tidings.queue.Settlement;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import dev.tidings.webhook.WebhookChanged;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final long LOOK_MILLIS = 2;

    private final DeliveryQueue queue;
    private final Lease lease;
    private final WebhookCache webhooks;
    private final Courier courier;
    private final DispatchConfig config;
    private final Vertx vertx;
    private final Context home;
    private final Places places;
    private final Lanes lanes;
    private final Backlog backlog = new Backlog();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /** All that is in memory: in a lane, in flight, or settling. */
    private final Set<UUID> known = new HashSet<>();

    private boolean claiming;
    private boolean asking;
    /** A look at the backlog is due anyway, in a moment. */
    private boolean lookComes;

    private int settling;
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
        this.config = config;
        this.vertx = vertx;
        this.home = ((VertxInternal) vertx).createEventLoopContext();
        this.places = new Places(config.inMemoryPerEndpoint(), config.inMemory().asLongValue());
        this.lanes = new Lanes(rules(config), config.inFlight(), System::nanoTime, this::wakeAfter);
    }

    private static Lane.Rules rules(DispatchConfig config) {
        return new Lane.Rules(
                config.inFlightPerEndpoint(), config.breakerVolume(), config.breakerDelay(), config.ratePerTenant());
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
            giveBack(lanes.emptyAll());
            endIfDrained();
        });
        return drained;
    }

    /** How many attempts are in flight. */
    public int inFlight() {
        return inFlight;
    }

    /** How many endpoints are held back by their breakers. */
    public int broken() {
        return broken;
    }

    @Override
    public boolean reserve(UUID webhookId, int bytes) {
        return !stopping && places.reserve(webhookId, bytes);
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
            claim(Backlog.of(id));
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
        if (queue.isUnsure()) {
            queue.releaseUnknown(Set.copyOf(known))
                    .subscribe()
                    .with(
                            freed -> LOG.infof("After a fault of the database %d deliveries were given back", freed),
                            failure -> LOG.debugf("Still unsure what this node holds: %s", failure.getMessage()));
        }
        run();
        ask();
    }

    /** Looks which lanes have something due in the table. */
    private void ask() {
        if (asking) {
            return;
        }
        asking = true;
        queue.due().emitOn(this::atHome).subscribe().with(this::asked, failure -> {
            asking = false;
            LOG.warnf("What is due could not be asked, and is asked again: %s", failure.getMessage());
        });
    }

    private void asked(List<LaneKey> due) {
        asking = false;
        backlog.found(
                due.stream().filter(key -> endpoint(key.webhookId()) != null).toList());
        for (UUID id : places.spilling()) {
            if (!due.contains(new LaneKey(id, false))) {
                places.caughtUp(id);
            }
        }
        look();
    }

    /** Sends as much as may be in flight, then claims for the lanes that ran low and have more waiting in the table. */
    private void run() {
        while (!stopping && lease.holder().isPresent()) {
            Delivery delivery = lanes.next();
            if (delivery == null) {
                break;
            }
            send(delivery);
        }
        count();
        if (!claiming && !lookComes && !stopping) {
            lookComes = true;
            vertx.setTimer(LOOK_MILLIS, tick -> {
                lookComes = false;
                look();
            });
        }
    }

    private void look() {
        if (!claiming && !stopping) {
            claim(backlog.waiting(key -> lanes.waiting(key.webhookId()) < config.inMemoryPerEndpoint() / 2));
        }
    }

    private void wakeAfter(UUID webhookId, long nanos) {
        vertx.setTimer(1 + nanos / 1_000_000, tick -> {
            lanes.wake(webhookId);
            run();
            claim(Backlog.of(webhookId));
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
                .invoke(settlement -> landed(delivery, settlement))
                .onFailure()
                .invoke(failure -> landed(delivery, null))
                .flatMap(this::settle)
                .emitOn(this::atHome)
                .subscribe()
                .with(settled -> left(delivery), failure -> lost(delivery, failure));
    }

    private void landed(Delivery delivery, @Nullable Settlement settlement) {
        settling++;
        Duration took = settlement == null ? Duration.ZERO : settlement.took();
        if (lanes.landed(delivery, took, settlement != null && settlement.foundEndpointUp())) {
            breakerChanged(delivery.webhookId());
        }
        run();
    }

    private void breakerChanged(UUID webhookId) {
        if (lanes.isOpenToAll(webhookId)) {
            LOG.infof("Webhook %s: its endpoint is up again, its deliveries go on", webhookId);
            places.open(webhookId);
            claim(Backlog.of(webhookId));
        } else {
            LOG.warnf(
                    "Webhook %s: its endpoint is down, its deliveries wait; a probe follows every %s",
                    webhookId, config.breakerDelay());
            places.close(webhookId);
            giveBack(lanes.empty(webhookId));
        }
    }

    private void count() {
        inFlight = lanes.inFlight();
        broken = lanes.broken();
    }

    /** The result is kept in memory until the database takes it, or until the lease is lost and it counts no more. */
    private Uni<Boolean> settle(Settlement settlement) {
        return queue.settle(settlement)
                .onFailure(failure -> lease.isOwn(settlement.delivery().holder()))
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .atMost(Long.MAX_VALUE);
    }

    private void left(Delivery delivery) {
        settling--;
        leave(delivery);
        endIfDrained();
        run();
    }

    private void lost(Delivery delivery, Throwable failure) {
        LOG.errorf(failure, "Delivery %s: its result was not recorded; the attempt will be repeated", delivery.id());
        left(delivery);
    }

    private void claim(List<LaneKey> keys) {
        List<Room> rooms = claiming || stopping ? List.of() : rooms(keys);
        if (rooms.isEmpty()) {
            return;
        }
        claiming = true;
        queue.claim(rooms).emitOn(this::atHome).subscribe().with(claimed -> claimed(rooms, claimed), failure -> {
            claiming = false;
            LOG.warnf("A claim failed and is tried again: %s", failure.getMessage());
        });
    }

    /** Many lanes get a few places each: those that fill them are asked for again, alone, and get more. */
    private List<Room> rooms(List<LaneKey> keys) {
        int share = Math.max(4, config.claimSize() / Math.max(1, keys.size()));
        List<Room> rooms = new ArrayList<>();
        int left = config.claimSize();
        for (var key : keys) {
            if (endpoint(key.webhookId()) == null) {
                backlog.served(
                        key, false); // Paused, or gone: its deliveries wait. When it is resumed, it is asked for.
                continue;
            }
            int room = Math.min(Math.min(share, left), places.free(key.webhookId()));
            room = Math.min(room, lanes.appetite(key.webhookId()));
            if (room > 0) {
                rooms.add(new Room(key.webhookId(), key.retries(), room));
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
            enter(delivery);
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
        if (stopping) {
            giveBack(lanes.emptyAll());
        }
        endIfDrained();
        run();
        look();
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
        if (stopping && lanes.inFlight() == 0 && settling == 0 && !claiming) {
            drained.complete(null);
        }
    }

    private @Nullable Endpoint endpoint(UUID webhookId) {
        Endpoint endpoint = webhooks.byId(webhookId);
        return endpoint != null && endpoint.active() ? endpoint : null;
    }

    private void atHome(Runnable task) {
        home.runOnContext(go -> task.run());
    }
}
