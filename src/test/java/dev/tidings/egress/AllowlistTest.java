package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowlistTest {
    private final Allowlist allowlist = of("10.1.0.0/16,fd12::/16,0.0.0.0/0");
    private final Allowlist hostsOnly = of("10.1.0.0/16,fd12::/16");

    private static Allowlist of(String networks) {
        return new Allowlist(EgressSettings.forProduction(
                "allowed-networks", networks, "allowed-hosts", "hooks.internal,*.Svc.cluster.local"));
    }

    @ParameterizedTest
    @CsvSource({
        "any.example.com,      10.1.2.3,         true",
        "any.example.com,      10.2.0.1,         false",
        "any.example.com,      fd12::1,          true",
        "any.example.com,      fd13::1,          false",
        "any.example.com,      ::ffff:10.1.0.1,  true",
        "hooks.internal,       10.2.0.1,         true",
        "HOOKS.internal,       192.168.0.1,      true",
        "x.hooks.internal,     192.168.0.1,      false",
        "hooks.internal.evil,  192.168.0.1,      false",
        "a.svc.cluster.local,  172.16.0.1,       true",
        "a.b.svc.cluster.local, 100.64.0.1,      true",
        "svc.cluster.local,    172.16.0.1,       false",
        "xsvc.cluster.local,   172.16.0.1,       false",
        "hooks.internal,       169.254.169.254,  false",
        "hooks.internal,       fd00:ec2::254,    false",
        "hooks.internal,       100.100.100.200,  false",
        "hooks.internal,       fe80::1,          false",
        "hooks.internal,       127.0.0.1,        false",
        "hooks.internal,       ::1,              false",
    })
    void onlyWhatTheOperatorNamedIsAllowed(String host, String address, boolean allowed) throws UnknownHostException {
        assertThat(hostsOnly.allows(host, InetAddress.getByName(address))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "ff02::1"})
    void whatIsNobodysAddressIsNeverAllowed(String address) throws UnknownHostException {
        assertThat(allowlist.allows("hooks.internal", InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "hooks/8", "10.0.0.0/8/8", "fd00::/129", "a"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.of(text)).withMessageContaining("10.1.0.0/16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "a..b", "a b", "*.*.b", "https://a", "a:443", "10.0.0.0/8"})
    void whatIsNoHostIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPattern.of(text));
    }
}
