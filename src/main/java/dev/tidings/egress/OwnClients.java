package dev.tidings.egress;

import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.Tls;
import dev.tidings.webhook.WebhookChanged;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client for each webhook that has TLS settings of its own, with its own pool and its own TLS sessions: no connection is
 * ever used under another identity than it was opened with.
 *
 * <p>Concurrency: any thread. A client whose webhook changed is closed a little later, when the attempts that have it are
 * over.
 */
final class OwnClients {
    private static final int MOST = 1_000;

    private record Own(Tls tls, VersionedClient client) {}

    private final Map<UUID, Own> clients = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final Duration attempt;
    private final Function<Tls, VersionedClient> maker;

    OwnClients(Vertx vertx, Duration attempt, Function<Tls, VersionedClient> maker) {
        this.vertx = vertx;
        this.attempt = attempt;
        this.maker = maker;
    }

    VersionedClient of(Endpoint endpoint) {
        Own known = clients.get(endpoint.id());
        if (known == null || !known.tls.equals(endpoint.tls())) {
            makeRoom(endpoint.id());
            known = clients.compute(endpoint.id(), (id, old) -> {
                if (old != null && old.tls.equals(endpoint.tls())) {
                    return old;
                }
                leave(old);
                return new Own(endpoint.tls(), maker.apply(endpoint.tls()));
            });
        }
        return known.client;
    }

    /** Not needed any more, or at least not so: if its TLS stays, the next attempt connects anew. */
    void forget(WebhookChanged changed) {
        leave(clients.remove(changed.webhookId()));
    }

    /** How many there are now. */
    int kept() {
        return clients.size();
    }

    private void leave(@Nullable Own old) {
        if (old != null) {
            vertx.setTimer(2 * attempt.toMillis(), over -> old.client.close());
        }
    }

    /** Bounded whatever customers configure: any other one goes. */
    private void makeRoom(UUID newcomer) {
        var any = clients.keySet().iterator();
        if (clients.size() >= MOST && !clients.containsKey(newcomer) && any.hasNext()) {
            leave(clients.remove(any.next()));
        }
    }
}
