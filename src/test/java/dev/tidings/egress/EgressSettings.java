package dev.tidings.egress;

import dev.tidings.testing.Settings;
import dev.tidings.testing.TestCertificate;
import java.util.stream.Stream;

/** The configuration of a sender that a test makes by hand; {@code more}: keys and values, as {@link Settings} takes them. */
final class EgressSettings {
    private EgressSettings() {}

    /** As in the test profile: loopback may be called, the test's authority is trusted. */
    static EgressConfig forTests(String... more) {
        return forProduction(Stream.concat(
                        Stream.of(
                                "loopback-allowed",
                                "true",
                                "ca-certificates",
                                TestCertificate.pem().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** As in production: only public addresses, only the JDK's authorities. */
    static EgressConfig forProduction(String... more) {
        return Settings.of(EgressConfig.class, more);
    }
}
