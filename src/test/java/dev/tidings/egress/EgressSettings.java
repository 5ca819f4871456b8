package dev.tidings.egress;

import dev.tidings.testing.TestCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration of a sender that a test makes by hand. */
record EgressSettings(
        Duration connectTimeout,
        Duration addressTtl,
        Optional<String> caCertificates,
        Optional<List<Network>> allowedNetworks,
        Optional<List<HostPattern>> allowedHosts,
        Optional<String> nameServer,
        boolean loopbackAllowed,
        Optional<HostPort> proxy,
        Optional<String> proxyUser)
        implements EgressConfig {

    /** As in the test profile: loopback may be called, the test's authority is trusted. */
    static EgressSettings forTests() {
        return new EgressSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Optional.of(TestCertificate.pem().toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    /** As in production: only public addresses, only the JDK's authorities. */
    static EgressSettings forProduction() {
        return forTests().withoutCaCertificates().withoutLoopback();
    }

    @Override
    public long attemptTimeoutMillis() {
        return 10_000;
    }

    @Override
    public int connectionsPerEndpoint() {
        return 64;
    }

    @Override
    public Duration keepAlive() {
        return Duration.ofSeconds(60);
    }

    EgressSettings withoutCaCertificates() {
        return new EgressSettings(
                connectTimeout,
                addressTtl,
                Optional.empty(),
                allowedNetworks,
                allowedHosts,
                nameServer,
                loopbackAllowed,
                proxy,
                proxyUser);
    }

    EgressSettings withoutLoopback() {
        return new EgressSettings(
                connectTimeout,
                addressTtl,
                caCertificates,
                allowedNetworks,
                allowedHosts,
                nameServer,
                false,
                proxy,
                proxyUser);
    }

    EgressSettings withConnectTimeout(Duration timeout) {
        return new EgressSettings(
                timeout,
                addressTtl,
                caCertificates,
                allowedNetworks,
                allowedHosts,
                nameServer,
                loopbackAllowed,
                proxy,
                proxyUser);
    }

    EgressSettings withAddressTtl(Duration ttl) {
        return new EgressSettings(
                connectTimeout,
                ttl,
                caCertificates,
                allowedNetworks,
                allowedHosts,
                nameServer,
                loopbackAllowed,
                proxy,
                proxyUser);
    }

    EgressSettings withNameServer(String address) {
        return new EgressSettings(
                connectTimeout,
                addressTtl,
                caCertificates,
                allowedNetworks,
                allowedHosts,
                Optional.of(address),
                loopbackAllowed,
                proxy,
                proxyUser);
    }

    EgressSettings withAllowed(List<Network> networks, List<HostPattern> hosts) {
        return new EgressSettings(
                connectTimeout,
                addressTtl,
                caCertificates,
                Optional.of(networks),
                Optional.of(hosts),
                nameServer,
                loopbackAllowed,
                proxy,
                proxyUser);
    }

    /** Through that proxy. */
    EgressSettings withProxy(String address, String user) {
        return new EgressSettings(
                connectTimeout,
                addressTtl,
                caCertificates,
                allowedNetworks,
                allowedHosts,
                nameServer,
                loopbackAllowed,
                Optional.of(HostPort.of(address)),
                Optional.of(user));
    }

    /** The same as its name. */
    @Override
    public Optional<String> proxyPassword() {
        return proxyUser;
    }
}
