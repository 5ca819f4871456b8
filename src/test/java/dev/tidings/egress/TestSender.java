package dev.tidings.egress;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.Sent;
import dev.tidings.attempt.Trace;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.testing.Settings;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookChanged;
import dev.tidings.webhook.WebhookConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A sender put together by hand, without the application around it: everything but the time limit of a whole attempt,
 * which is an annotation's.
 */
final class TestSender implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Vertx vertx;
    private final Context context;
    private final AddressGuard guard;
    private final Clients clients;
    private final WebhookSender sender;

    private TestSender(Vertx vertx, EgressConfig settings, AddressGuard guard) {
        InstantSource clock = InstantSource.fixed(NOW);
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.guard = guard;
        var gate = new Gate(
                guard, settings, Settings.of(WebhookConfig.class, "loopback-allowed", "true", "ports", "1-65535"));
        this.clients = new Clients(vertx, settings);
        this.sender = new WebhookSender(
                vertx,
                gate,
                new Authorization(
                        new TokenMinter(clock), new TokenFetcher(new TokenCall(gate, clients, settings, clock), clock)),
                clients,
                new Exchange(),
                settings,
                clock,
                "1.2.3");
    }

    static TestSender of(EgressConfig settings) {
        Vertx vertx = Vertx.vertx();
        return new TestSender(vertx, settings, new AddressGuard(settings, InstantSource.fixed(NOW), vertx));
    }

    /** For whom every name leads to loopback. */
    static TestSender knowingLoopbackOnly(EgressConfig settings) {
        return new TestSender(
                Vertx.vertx(),
                settings,
                new AddressGuard(
                        settings, InstantSource.fixed(NOW), host -> List.of(InetAddress.getLoopbackAddress())));
    }

    /** The webhook was changed. */
    void changed(Endpoint endpoint) {
        clients.forget(new WebhookChanged(endpoint.id()));
    }

    /** How many webhooks have a client of their own. */
    int ownClients() {
        return clients.ofTheirOwn();
    }

    SendResult send(Endpoint endpoint) {
        return send(Endpoints.attempt(endpoint, Mode.USUAL));
    }

    SendResult send(String url) {
        return send(Endpoints.plain(url));
    }

    SendResult send(Outgoing outgoing) {
        return begin(outgoing).join();
    }

    /** How it went. */
    Trace trace(Endpoint endpoint) {
        return attempt(Endpoints.attempt(endpoint, Mode.USUAL)).join().trace();
    }

    Answered answered(String url) {
        return (Answered) send(url);
    }

    Broken broken(String url) {
        return (Broken) send(url);
    }

    /** On one event loop, as dispatch does it; fails when the answer comes elsewhere. */
    CompletableFuture<SendResult> begin(Outgoing outgoing) {
        return attempt(outgoing).thenApply(Sent::result);
    }

    /** The same for several, without giving anybody else a turn meanwhile. */
    List<CompletableFuture<SendResult>> beginInOneTurn(List<Outgoing> all) {
        List<CompletableFuture<Sent>> results =
                all.stream().map(one -> new CompletableFuture<Sent>()).toList();
        context.runOnContext(go -> {
            for (int i = 0; i < all.size(); i++) {
                begin(all.get(i), results.get(i));
            }
        });
        return results.stream()
                .map(one -> one.orTimeout(30, TimeUnit.SECONDS).thenApply(Sent::result))
                .toList();
    }

    private CompletableFuture<Sent> attempt(Outgoing outgoing) {
        var result = new CompletableFuture<Sent>();
        context.runOnContext(go -> begin(outgoing, result));
        return result.orTimeout(30, TimeUnit.SECONDS);
    }

    private void begin(Outgoing outgoing, CompletableFuture<Sent> result) {
        sender.send(outgoing)
                .subscribe()
                .with(
                        answer -> {
                            if (context.equals(Vertx.currentContext())) {
                                result.complete(answer);
                            } else {
                                result.completeExceptionally(
                                        new AssertionError("came back on " + Vertx.currentContext()));
                            }
                        },
                        result::completeExceptionally);
    }

    @Override
    public void close() {
        guard.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
