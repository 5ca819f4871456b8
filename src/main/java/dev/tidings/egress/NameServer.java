package dev.tidings.egress;

import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks one name server, past the operating system's resolver and its hosts file: for those who keep a resolver for what
 * leaves. Blocks: for the threads that resolve.
 */
final class NameServer implements AddressGuard.Resolver {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final int USUAL_PORT = 53;

    private final DnsClient client;

    /** @param address {@code host:port}, the port may be left out */
    NameServer(Vertx vertx, String address) {
        URI server = URI.create("dns://" + address);
        if (server.getHost() == null) {
            throw new IllegalArgumentException("tidings.egress.name-server must be host:port, is " + address);
        }
        this.client = vertx.createDnsClient(new DnsClientOptions()
                .setHost(server.getHost())
                .setPort(server.getPort() == -1 ? USUAL_PORT : server.getPort())
                .setQueryTimeout(PATIENCE_MILLIS));
    }

    /** Both families, asked for at once; one of them may have none. */
    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        var v4 = client.resolveA(host).toCompletionStage().toCompletableFuture();
        var v6 = client.resolveAAAA(host).toCompletionStage().toCompletableFuture();
        List<InetAddress> addresses = new ArrayList<>();
        for (var answer : List.of(v4, v6)) {
            try {
                for (String literal :
                        answer.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join()) {
                    addresses.add(InetAddress.getByName(literal));
                }
            } catch (CompletionException e) {
                // NXDOMAIN, refused or silent: what the other family has may do.
            }
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }
}
