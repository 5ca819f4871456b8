package dev.tidings.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How requests leave. */
@ConfigMapping(prefix = "tidings.egress")
public interface EgressConfig {

    /** How long a connection may take; its TLS handshake may take as long again. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long a whole attempt may take, from resolving the name to the answer's end, in milliseconds. */
    @WithDefault("10000")
    long attemptTimeoutMillis();

    /** How many connections one endpoint may take over HTTP/1.1; a host that many webhooks share may get 16 times as many. */
    @WithDefault("64")
    int connectionsPerEndpoint();

    /** How long an idle connection is kept. */
    @WithDefault("60s")
    Duration keepAlive();

    /** How long a host's vetted address is used before its name is resolved again. */
    @WithDefault("5s")
    Duration addressTtl();

    /** A PEM file of certificate authorities that are trusted besides the JDK's own. */
    Optional<String> caCertificates();

    /** Whether loopback addresses may be called, over plain HTTP too. For development. */
    @WithDefault("false")
    boolean loopbackAllowed();
}
