package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Resolves a host once, and answers the one address that is connected to; refuses when any of the host's addresses is
 * neither public nor allowed by the operator, so that nobody chooses between a good one and a bad one.
 *
 * <p>Concurrency: any thread. Whoever asks for a host shares the one look-up under way or its answer, which is kept for
 * a few seconds; a failure is shared, not kept. A name server that hangs therefore holds one of the threads that resolve
 * per host, however many attempts wait, and none of the workers that others need.
 */
@Singleton
class AddressGuard {
    private static final int MOST_HOSTS = 10_000;

    /** A host whose last label is a number is an IPv4 address, however it is written (WHATWG URL, "ends in a number"). */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");
    /** The one spelling that all read alike: 0177.0.0.1 is loopback to some, and to the JDK it is 177.0.0.1. */
    private static final Pattern DOTTED = Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");

    /** The operating system's resolver, or a test's. */
    interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    private record LookUp(Shared<InetAddress> address, Instant freshUntil) {
        boolean isGood(Instant now) {
            return address.isUnderWay() || (!address.hasFailed() && now.isBefore(freshUntil));
        }
    }

    private final Map<String, LookUp> lookUps = new ConcurrentHashMap<>();
    private final ResolverThreads threads = new ResolverThreads();
    private final Duration ttl;
    private final boolean loopbackAllowed;
    private final Allowlist allowlist;
    private final InstantSource clock;
    private final Resolver resolver;

    @Inject
    AddressGuard(EgressConfig config, InstantSource clock, Vertx vertx) {
        this(
                config,
                clock,
                config.nameServer()
                        .<Resolver>map(address -> new NameServer(vertx, address))
                        .orElse(AddressGuard::system));
    }

    AddressGuard(EgressConfig config, InstantSource clock, Resolver resolver) {
        this.ttl = config.addressTtl();
        this.loopbackAllowed = config.loopbackAllowed();
        this.allowlist = new Allowlist(config);
        this.clock = clock;
        this.resolver = resolver;
    }

    /** The address to connect to; fails with a {@link BrokenException} when there is none, or it is forbidden. */
    Uni<InetAddress> vet(String host) {
        Instant now = clock.instant();
        LookUp known = lookUps.get(host);
        if (known == null || !known.isGood(now)) {
            makeRoom(now);
            known = lookUps.compute(host, (name, old) -> old != null && old.isGood(now) ? old : lookUp(name, now));
        }
        return known.address.uni();
    }

    private LookUp lookUp(String host, Instant now) {
        return new LookUp(Shared.begin(() -> resolve(host), threads), now.plus(ttl));
    }

    private InetAddress resolve(String host) {
        if (NUMERIC.matcher(host).matches() && !DOTTED.matcher(host).matches()) {
            throw new BrokenException(
                    Fault.FORBIDDEN_ADDRESS,
                    host + " is an address in a spelling that is read in two ways: not called");
        }
        try {
            return choose(host, resolver.resolve(host));
        } catch (UnknownHostException e) {
            throw new BrokenException(Fault.DNS, "The host name " + host + " can't be resolved");
        }
    }

    /** The first of those addresses, when every one of them may be called. */
    InetAddress choose(String host, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (!mayBeCalled(host, address)) {
                throw new BrokenException(
                        Fault.FORBIDDEN_ADDRESS,
                        host + " leads to " + address.getHostAddress() + ", which is not a public address: not called");
            }
        }
        return addresses.getFirst();
    }

    private boolean mayBeCalled(String host, InetAddress address) {
        return SpecialAddresses.isPublic(address)
                || (loopbackAllowed && address.isLoopbackAddress())
                || allowlist.allows(host, address);
    }

    private static List<InetAddress> system(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    /** Bounded whatever customers configure; those that still hold are cheap to look up again. */
    private void makeRoom(Instant now) {
        if (lookUps.size() >= MOST_HOSTS) {
            lookUps.values().removeIf(old -> !old.isGood(now));
        }
        if (lookUps.size() >= MOST_HOSTS) {
            lookUps.clear();
        }
    }

    /** How many hosts are remembered now. */
    int kept() {
        return lookUps.size();
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
