package dev.tidings.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
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

    /** How many connections one endpoint may take over HTTP/1.1; a host that many webhooks share may get 64 times as many. */
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

    /** Networks that may be called although they are not public, such as `10.1.0.0/16`. */
    Optional<List<Network>> allowedNetworks();

    /** Hosts that may be called where they lead into private networks: `hooks.internal`, or all below it: `*.internal`. */
    Optional<List<HostPattern>> allowedHosts();

    /** A name server, `host:port`, to ask in place of the operating system's resolver. */
    Optional<String> nameServer();

    /** An HTTP proxy, `host:port`, that every request leaves through (CONNECT), to the vetted address. */
    Optional<HostPort> proxy();

    /** The user at the proxy (Basic), if it asks for one. */
    Optional<String> proxyUser();

    /** The user's password at the proxy. */
    Optional<String> proxyPassword();

    /** Whether loopback addresses may be called, over plain HTTP too. For development. */
    @WithDefault("false")
    boolean loopbackAllowed();
}
