package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.webhook.Ports;
import dev.tidings.webhook.WebhookConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** What every request passes on its way out, to a receiver or to a token endpoint: address, TLS and port. */
@Singleton
class Gate {
    private final AddressGuard guard;
    private final EgressConfig config;
    private final Ports ports;

    Gate(AddressGuard guard, EgressConfig config, WebhookConfig webhooks) {
        this.guard = guard;
        this.config = config;
        this.ports = new Ports(webhooks.ports());
    }

    /** A POST to that target at its vetted address; fails with a {@link BrokenException} when it must not be called. */
    Uni<RequestOptions> pass(Target target) {
        return guard.vet(target.host()).map(address -> post(target, address));
    }

    private RequestOptions post(Target target, InetAddress vetted) {
        InetAddress address = nameless(vetted);
        boolean loopback = config.loopbackAllowed() && address.isLoopbackAddress();
        if (!target.tls() && !loopback) {
            throw new BrokenException(Fault.FORBIDDEN_ADDRESS, "Plain HTTP is not spoken: use an https URL");
        }
        if (!ports.allow(target.port()) && !loopback) {
            throw new BrokenException(
                    Fault.FORBIDDEN_ADDRESS, target + " is not called: the operator allows " + ports + " only");
        }
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.path())
                .setFollowRedirects(false);
    }

    /** A proxy would be told the name, if there were one, and resolve it once more. */
    private static InetAddress nameless(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address' own bytes are an address", e);
        }
    }
}
