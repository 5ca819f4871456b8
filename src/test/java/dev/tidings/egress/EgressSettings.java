package dev.tidings.egress;

import dev.tidings.testing.TestCertificate;
import java.time.Duration;
import java.util.Optional;

/** The configuration of a sender that a test makes by hand. */
record EgressSettings(
        Duration connectTimeout,
        long attemptTimeoutMillis,
        int connectionsPerEndpoint,
        Duration keepAlive,
        Duration addressTtl,
        Optional<String> caCertificates,
        boolean loopbackAllowed)
        implements EgressConfig {

    /** As in the test profile: loopback may be called, the test's authority is trusted. */
    static EgressSettings forTests() {
        return new EgressSettings(
                Duration.ofSeconds(5),
                10_000,
                64,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Optional.of(TestCertificate.pem().toString()),
                true);
    }

    /** As in production: only public addresses, only the JDK's authorities. */
    static EgressSettings forProduction() {
        var s = forTests();
        return new EgressSettings(
                s.connectTimeout,
                s.attemptTimeoutMillis,
                s.connectionsPerEndpoint,
                s.keepAlive,
                s.addressTtl,
                Optional.empty(),
                false);
    }

    EgressSettings withoutCaCertificates() {
        return new EgressSettings(
                connectTimeout,
                attemptTimeoutMillis,
                connectionsPerEndpoint,
                keepAlive,
                addressTtl,
                Optional.empty(),
                loopbackAllowed);
    }

    EgressSettings withConnectTimeout(Duration timeout) {
        return new EgressSettings(
                timeout,
                attemptTimeoutMillis,
                connectionsPerEndpoint,
                keepAlive,
                addressTtl,
                caCertificates,
                loopbackAllowed);
    }
}
