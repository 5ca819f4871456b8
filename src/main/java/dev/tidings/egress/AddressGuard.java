package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Fault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resolves a host once, and answers the one address that is connected to; refuses when any of the host's addresses is
 * not public, so that nobody chooses between a good one and a bad one.
 *
 * <p>Concurrency: any thread. An answer is kept for a few seconds; two threads may resolve the same host at once, which
 * costs a query.
 */
@ApplicationScoped
class AddressGuard {
    private static final int MOST_HOSTS = 10_000;

    private record Vetted(InetAddress address, long untilNanos) {}

    private final Map<String, Vetted> vetted = new ConcurrentHashMap<>();
    private final long ttlNanos;
    private final boolean loopbackAllowed;

    AddressGuard(EgressConfig config) {
        this.ttlNanos = config.addressTtl().toNanos();
        this.loopbackAllowed = config.loopbackAllowed();
    }

    /** The address to connect to; fails with a {@link BrokenException} when there is none, or it is forbidden. */
    Uni<InetAddress> vet(String host) {
        Vetted known = vetted.get(host);
        if (known != null && known.untilNanos - System.nanoTime() > 0) {
            return Uni.createFrom().item(known.address);
        }
        return Uni.createFrom()
                .item(() -> resolve(host))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(address -> keep(host, address));
    }

    private InetAddress resolve(String host) {
        try {
            return choose(host, List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            throw new BrokenException(Fault.DNS, "The host name " + host + " can't be resolved");
        }
    }

    /** The first of those addresses, when every one of them may be called. */
    InetAddress choose(String host, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            boolean allowed = SpecialAddresses.isPublic(address) || (loopbackAllowed && address.isLoopbackAddress());
            if (!allowed) {
                throw new BrokenException(
                        Fault.FORBIDDEN_ADDRESS,
                        host + " leads to " + address.getHostAddress() + ", which is not a public address: not called");
            }
        }
        return addresses.getFirst();
    }

    private void keep(String host, InetAddress address) {
        if (vetted.size() >= MOST_HOSTS) {
            vetted.clear(); // Rare, cheap to fill again, and bounded whatever customers configure.
        }
        vetted.put(host, new Vetted(address, System.nanoTime() + ttlNanos));
    }
}
