package dev.tidings.egress;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.attempt.Sent;
import dev.tidings.attempt.Wire;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.webhook.Signing;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * One HTTPS POST to a receiver. Never fails with an exception: whatever happens is a {@link SendResult}.
 *
 * <p>Vert.x' client, since it connects to the address that was vetted while the host's name stays in SNI, in the
 * certificate's check and in the Host header, and since it can stop reading an answer (decision 0004).
 *
 * <p>Concurrency: any number of event loops. An attempt begins, speaks and ends on the Vert.x context that asked for it;
 * only resolving a name and signing (a token, an Ed25519 signature) happen elsewhere, and come back to it.
 */
@Singleton
public class WebhookSender {
    private final Vertx vertx;
    private final Gate gate;
    private final Authorization authorization;
    private final Exchange exchange;
    private final EgressConfig config;
    private final InstantSource clock;
    private final DeliveryHeaders headers;
    private final Clients clients;

    WebhookSender(
            Vertx vertx,
            Gate gate,
            Authorization authorization,
            Clients clients,
            Exchange exchange,
            EgressConfig config,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.vertx = vertx;
        this.gate = gate;
        this.authorization = authorization;
        this.clients = clients;
        this.exchange = exchange;
        this.config = config;
        this.clock = clock;
        this.headers = new DeliveryHeaders(version);
    }

    /**
     * On the main thread: clients that are made while a request is answered would belong to the HTTP server, and be closed
     * with it at a shutdown, before attempts in flight have had their time.
     */
    void start(@Observes StartupEvent event) {
        clients.open();
    }

    /** Makes one attempt. The answer comes on the Vert.x context that asked. */
    public Uni<Sent> send(Outgoing outgoing) {
        var trail = new Trail();
        Wire.Request shown = headers.shown(outgoing);
        return send(outgoing, trail).map(result -> new Sent(result, trail.trace(shown)));
    }

    private Uni<SendResult> send(Outgoing outgoing, Trail trail) {
        Target target;
        try {
            target = Target.of(outgoing.endpoint().url());
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().item(new SendResult.Broken(Fault.REQUEST, "The webhook's URL can't be called"));
        }
        Executor caller = caller();
        return Uni.createFrom()
                .deferred(() -> exchange(outgoing, target, caller, trail))
                .<SendResult>map(answered -> answered)
                .onFailure()
                .recoverWithItem(failure -> Faults.of(failure, target, config))
                .emitOn(caller);
    }

    /** The attempt's time counts from here: names, tokens and connections take from it too. */
    private Uni<Answered> exchange(Outgoing outgoing, Target target, Executor caller, Trail trail) {
        var call = new Call(clock, clients.peers(), trail);
        return exchange.run(() -> passed(outgoing, target)
                        .invoke(request -> trail.resolved(request.getServer()))
                        .flatMap(request -> authorization.put(outgoing, request))
                        .emitOn(caller)
                        .flatMap(request -> call.run(clients.of(outgoing.endpoint(), target), request, outgoing.body())
                                .invoke(answered -> authorization.heard(outgoing, request, answered))))
                .onFailure()
                .invoke(call::abort)
                .onCancellation()
                .invoke(call::abort);
    }

    /**
     * An Ed25519 signature takes a good part of a millisecond, and a client of a webhook's own is put together in some: too
     * long for an event loop.
     */
    private Uni<RequestOptions> passed(Outgoing outgoing, Target target) {
        boolean slow = !outgoing.endpoint().tls().isUsual()
                || (outgoing.endpoint().signing() instanceof Signing.Keys keys && keys.signsSlowly(clock.instant()));
        Uni<RequestOptions> passed = gate.pass(target);
        return (slow ? passed.emitOn(Infrastructure.getDefaultWorkerPool()) : passed)
                .map(request -> request.setMethod(outgoing.mode() == Mode.CHALLENGE ? HttpMethod.GET : HttpMethod.POST)
                        .setHeaders(headers.of(outgoing, clock.instant())))
                .invoke(request -> clients.of(outgoing.endpoint(), target));
    }

    /** Runs on the context that asks now, and at once when it is there already. */
    private Executor caller() {
        Context context = vertx.getOrCreateContext();
        return command -> {
            if (context.equals(Vertx.currentContext())) {
                command.run();
            } else {
                context.runOnContext(there -> command.run());
            }
        };
    }
}
