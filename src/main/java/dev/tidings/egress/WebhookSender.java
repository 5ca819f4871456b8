package dev.tidings.egress;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Ports;
import dev.tidings.webhook.Signing;
import dev.tidings.webhook.WebhookConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
@ApplicationScoped
public class WebhookSender {
    private final Vertx vertx;
    private final AddressGuard guard;
    private final TokenMinter minter;
    private final Exchange exchange;
    private final EgressConfig config;
    private final Ports ports;
    private final InstantSource clock;
    private final DeliveryHeaders headers;
    private final Clients clients;

    WebhookSender(
            Vertx vertx,
            AddressGuard guard,
            TokenMinter minter,
            Exchange exchange,
            EgressConfig config,
            WebhookConfig webhooks,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.vertx = vertx;
        this.guard = guard;
        this.minter = minter;
        this.exchange = exchange;
        this.config = config;
        this.ports = new Ports(webhooks.ports());
        this.clock = clock;
        this.headers = new DeliveryHeaders(version);
        this.clients = new Clients(vertx, config);
    }

    /** Makes one attempt. The answer comes on the Vert.x context that asked. */
    public Uni<SendResult> send(Outgoing outgoing) {
        Target target;
        try {
            target = Target.of(outgoing.endpoint().url());
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().item(new SendResult.Broken(Fault.REQUEST, "The webhook's URL can't be called"));
        }
        Executor caller = caller();
        return Uni.createFrom()
                .deferred(() -> exchange(outgoing, target, caller))
                .<SendResult>map(answered -> answered)
                .onFailure()
                .recoverWithItem(failure -> Faults.of(failure, target, config))
                .emitOn(caller);
    }

    /** The attempt's time counts from here: names, tokens and connections take from it too. */
    private Uni<Answered> exchange(Outgoing outgoing, Target target, Executor caller) {
        var call = new Call(clock);
        return exchange.run(() -> vet(outgoing, target)
                        .flatMap(address -> authenticated(outgoing, request(outgoing, target, address)))
                        .emitOn(caller)
                        .flatMap(request -> call.run(clients.forTarget(target), request, outgoing.body())))
                .onFailure()
                .invoke(call::abort)
                .onCancellation()
                .invoke(call::abort);
    }

    /** An Ed25519 signature takes a good part of a millisecond: too long for an event loop. */
    private Uni<InetAddress> vet(Outgoing outgoing, Target target) {
        boolean slow = outgoing.endpoint().signing() instanceof Signing.Keys keys && keys.signsSlowly(clock.instant());
        Uni<InetAddress> address = guard.vet(target.host());
        return slow ? address.emitOn(Infrastructure.getDefaultWorkerPool()) : address;
    }

    private RequestOptions request(Outgoing outgoing, Target target, InetAddress address) {
        if (!target.tls() && !(config.loopbackAllowed() && address.isLoopbackAddress())) {
            throw new BrokenException(Fault.FORBIDDEN_ADDRESS, "Plain HTTP is not spoken: use an https URL");
        }
        if (!ports.allow(target.port()) && !(config.loopbackAllowed() && address.isLoopbackAddress())) {
            throw new BrokenException(
                    Fault.FORBIDDEN_ADDRESS, target + " is not called: the operator allows " + ports + " only");
        }
        return new RequestOptions()
                .setMethod(outgoing.mode() == Mode.CHALLENGE ? HttpMethod.GET : HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.path())
                .setFollowRedirects(false)
                .setHeaders(headers.of(outgoing, clock.instant()));
    }

    private Uni<RequestOptions> authenticated(Outgoing outgoing, RequestOptions request) {
        return switch (outgoing.endpoint().authentication()) {
            case Authentication.None none -> Uni.createFrom().item(request);
            case Authentication.Jwt jwt ->
                minter.token(outgoing.endpoint(), jwt, outgoing.mode() == Mode.MINT_ANEW)
                        .invoke(token ->
                                DeliveryHeaders.put(request.getHeaders(), jwt.headerName(), jwt.prefix() + token))
                        .replaceWith(request);
        };
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
