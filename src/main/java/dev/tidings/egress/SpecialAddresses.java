package dev.tidings.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that are not on the public internet, by the IANA special-purpose address registries (RFC 6890 and its
 * updates): none of them is ever called.
 */
final class SpecialAddresses {
    /** What may be called of a special block: NAT64's and 6to4's are judged by what they embed, and refused anyway. */
    private static final List<Network> BLOCKS = Stream.of(
                    // IPv4
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // Public by the registries, but Azure's own: a virtual machine there asks it for its secrets
                    "168.63.129.16/32",
                    // IPv6: all that is not global unicast, and the special blocks within it
                    "::/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "2620:4f:8000::/48",
                    "3fff::/20",
                    "4000::/2",
                    "8000::/1")
            .map(Network::of)
            .toList();

    private SpecialAddresses() {}

    /** Whether the address is public: in none of the blocks. IPv4 in IPv6's clothes is in {@code ::/3}. */
    static boolean isPublic(InetAddress address) {
        return BLOCKS.stream().noneMatch(block -> block.contains(address));
    }
}
