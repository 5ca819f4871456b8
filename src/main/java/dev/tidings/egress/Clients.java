package dev.tidings.egress;

import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.Tls;
import dev.tidings.webhook.WebhookChanged;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The clients: some for TLS, one for loopback in development (without TLS there is no ALPN, and so no asking for HTTP/2),
 * and one for each webhook with TLS settings of its own. Their connections are pooled by vetted address, host and port.
 */
@Singleton
class Clients {
    private static final int LARGEST_HEADERS = 64 * 1024;
    /**
     * A host may receive for many webhooks. They are spread over this many clients, whose connections are their own: where a
     * receiver breaks one, it breaks it for these only.
     */
    private static final int BULKHEADS = 16;
    /**
     * Each webhook takes at most its own share of its client's connections to a host, which its lane holds it to; so it
     * takes this many that hang before the next one has to wait.
     */
    private static final int WEBHOOKS_ON_ONE_HOST = 4;

    private final Peers peers = new Peers();
    /** Put together once for all who have no authorities of their own. */
    private final Optional<TrustOptions> usualTrust;

    private final List<VersionedClient> tls;
    private final VersionedClient plain;
    private final OwnClients own;

    Clients(Vertx vertx, EgressConfig config) {
        this.usualTrust = trust(config, Tls.USUAL);
        this.tls = Stream.generate(() -> versioned(vertx, config, Tls.USUAL, true))
                .limit(BULKHEADS)
                .toList();
        this.plain = versioned(vertx, config, Tls.USUAL, false);
        this.own = new OwnClients(
                vertx,
                Duration.ofMillis(config.attemptTimeoutMillis()),
                identity -> versioned(vertx, config, identity, true));
    }

    VersionedClient of(Endpoint endpoint, Target target) {
        if (!target.tls()) {
            return plain;
        }
        return endpoint.tls().isUsual()
                ? tls.get(Math.floorMod(endpoint.id().hashCode(), BULKHEADS))
                : own.of(endpoint);
    }

    /** Makes them, as the first call of this bean, whoever makes it: what there is to do is done by then. */
    void open() {}

    void forget(@Observes WebhookChanged changed) {
        own.forget(changed);
    }

    /** How many webhooks have a client of their own now. */
    int ofTheirOwn() {
        return own.kept();
    }

    Peers peers() {
        return peers;
    }

    private VersionedClient versioned(Vertx vertx, EgressConfig config, Tls identity, boolean alpn) {
        return new VersionedClient(
                vertx,
                alpn ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1,
                expected -> client(
                        vertx,
                        options(config, identity)
                                .setUseAlpn(alpn)
                                .setProtocolVersion(expected)
                                // What is not TLS stays on loopback.
                                .setProxyOptions(alpn ? EgressProxy.options(config) : null),
                        config));
    }

    private HttpClient client(Vertx vertx, HttpClientOptions options, EgressConfig config) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions()
                        .setHttp1MaxSize(config.connectionsPerEndpoint() * WEBHOOKS_ON_ONE_HOST)
                        .setHttp2MaxSize(WEBHOOKS_ON_ONE_HOST))
                // A receiver that breaks the protocol breaks its attempts, which say so. Without a handler Vert.x would
                // log each such connection as an error of ours.
                .withConnectHandler(connection -> {
                    connection.exceptionHandler(known -> {});
                    peers.connected(connection);
                    Flushes.share(connection);
                })
                .build();
    }

    private static Optional<TrustOptions> trust(EgressConfig config, Tls identity) {
        return Trust.besidesTheJdks(config.caCertificates().map(Path::of), identity.authorities());
    }

    private HttpClientOptions options(EgressConfig config, Tls identity) {
        int keepAlive = Math.toIntExact(config.keepAlive().toSeconds());
        int connectMillis = Math.toIntExact(config.connectTimeout().toMillis());
        var options = new HttpClientOptions()
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setKeepAliveTimeout(keepAlive)
                .setHttp2KeepAliveTimeout(keepAlive)
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(LARGEST_HEADERS))
                // The signatures and certificates of a handshake take milliseconds, which an event loop has for nobody.
                .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
                .setVerifyHost(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        (identity.isUsual() ? usualTrust : trust(config, identity)).ifPresent(options::setTrustOptions);
        if (identity.client() != null) {
            options.setKeyCertOptions(ClientIdentity.of(identity.client()));
        }
        return options;
    }
}
