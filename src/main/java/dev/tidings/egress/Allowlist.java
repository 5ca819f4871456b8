package dev.tidings.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator lets be called although it is not public: networks, and hosts wherever in private networks they lead.
 * Some addresses are never a receiver's, whatever the operator says.
 */
final class Allowlist {
    /** Unspecified ("this host"), multicast, reserved and broadcast. */
    private static final List<Network> NEVER =
            networks("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8");
    /** Where a host of the operator's may lead: not to link-local, where clouds keep their metadata, nor to loopback. */
    private static final List<Network> PRIVATE =
            networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");
    /** In a private block, and all the same a cloud's metadata. */
    private static final List<Network> METADATA = networks("fd00:ec2::254", "100.100.100.200");

    private final List<Network> networks;
    private final List<HostPattern> hosts;

    Allowlist(EgressConfig config) {
        this.networks = config.allowedNetworks().orElse(List.of());
        this.hosts = config.allowedHosts().orElse(List.of());
    }

    boolean allows(String host, InetAddress address) {
        if (isIn(NEVER, address)) {
            return false;
        }
        boolean hostsOwn = isIn(PRIVATE, address) && !isIn(METADATA, address);
        return isIn(networks, address) || (hostsOwn && hosts.stream().anyMatch(pattern -> pattern.matches(host)));
    }

    private static boolean isIn(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... cidrs) {
        return Stream.of(cidrs).map(Network::of).toList();
    }
}
