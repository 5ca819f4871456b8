package dev.tidings.egress;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.HeaderParameter;
import dev.tidings.webhook.Signing;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * One HTTPS POST to a receiver. Never fails with an exception: whatever happens is a {@link SendResult}.
 *
 * <p>Vert.x' client, since it connects to the address that was vetted while the host's name stays in SNI, in the
 * certificate's check and in the Host header, and since it can stop reading an answer (decision 0004).
 */
@ApplicationScoped
public class WebhookSender {
    private static final int LARGEST_HEADERS = 64 * 1024;

    private final Vertx vertx;
    private final AddressGuard guard;
    private final TokenMinter minter;
    private final Exchange exchange;
    private final EgressConfig config;
    private final InstantSource clock;
    private final String userAgent;
    private final HttpClient tlsClient;
    /** For loopback in development: without TLS there is no ALPN, and so no asking for HTTP/2. */
    private final HttpClient plainClient;

    WebhookSender(
            Vertx vertx,
            AddressGuard guard,
            TokenMinter minter,
            Exchange exchange,
            EgressConfig config,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.vertx = vertx;
        this.guard = guard;
        this.minter = minter;
        this.exchange = exchange;
        this.config = config;
        this.clock = clock;
        this.userAgent = "Tidings/" + version;
        this.tlsClient = vertx.createHttpClient(options(config));
        this.plainClient = vertx.createHttpClient(
                options(config).setProtocolVersion(HttpVersion.HTTP_1_1).setUseAlpn(false));
    }

    private static HttpClientOptions options(EgressConfig config) {
        int keepAlive = Math.toIntExact(config.keepAlive().toSeconds());
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2) // over TLS, where the endpoint speaks it; else HTTP/1.1
                .setUseAlpn(true)
                .setMaxPoolSize(config.connectionsPerEndpoint())
                .setKeepAliveTimeout(keepAlive)
                .setHttp2KeepAliveTimeout(keepAlive)
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setSslHandshakeTimeout(config.connectTimeout().toSeconds())
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setVerifyHost(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        config.caCertificates().map(Path::of).map(Trust::withJdkAnd).ifPresent(options::setTrustOptions);
        return options;
    }

    /** Makes one attempt. The answer comes on the Vert.x context that asked. */
    public Uni<SendResult> send(Outgoing outgoing) {
        Context context = vertx.getOrCreateContext();
        return guard.vet(host(outgoing.endpoint().url()))
                .flatMap(address -> request(outgoing, address))
                .flatMap(this::run)
                .onFailure()
                .recoverWithItem(
                        failure -> Faults.of(failure, target(outgoing.endpoint().url()), config))
                .emitOn(command -> context.runOnContext(go -> command.run()));
    }

    private Uni<SendResult> run(Call call) {
        return exchange.run(call)
                .<SendResult>map(answered -> answered)
                .onFailure()
                .invoke(call::abort);
    }

    private Uni<Call> request(Outgoing outgoing, InetAddress address) {
        URI url = outgoing.endpoint().url();
        boolean tls = url.getScheme().equals("https");
        if (!tls && !(config.loopbackAllowed() && address.isLoopbackAddress())) {
            throw new BrokenException(Fault.FORBIDDEN_ADDRESS, "Plain HTTP is not spoken: use an https URL");
        }
        Instant now = clock.instant();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port(url))))
                .setHost(host(url))
                .setPort(port(url))
                .setSsl(tls)
                .setURI(path(url))
                .setFollowRedirects(false)
                .setHeaders(headers(outgoing, now));
        return authenticated(outgoing, options)
                .map(complete -> new Call(tls ? tlsClient : plainClient, complete, outgoing.body(), now));
    }

    private MultiMap headers(Outgoing outgoing, Instant now) {
        Endpoint endpoint = outgoing.endpoint();
        long timestamp = now.getEpochSecond();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (HeaderParameter custom : endpoint.headers()) {
            headers.set(custom.name(), custom.value());
        }
        headers.set("content-type", "application/json; charset=UTF-8")
                .set("user-agent", userAgent)
                .set("webhook-id", outgoing.webhookId())
                .set("webhook-timestamp", Long.toString(timestamp))
                .set("webhook-attempt", Integer.toString(outgoing.attempt()));
        if (endpoint.signing() instanceof Signing.HmacSha256 hmac) {
            headers.set(
                    "webhook-signature",
                    Signature.hmacSha256(hmac.secret(), outgoing.webhookId(), timestamp, outgoing.body()));
        }
        if (outgoing.mode() == Mode.TEST) {
            headers.set("webhook-test", "true");
        }
        return headers;
    }

    private Uni<RequestOptions> authenticated(Outgoing outgoing, RequestOptions options) {
        return switch (outgoing.endpoint().authentication()) {
            case Authentication.None none -> Uni.createFrom().item(options);
            case Authentication.Jwt jwt ->
                minter.token(outgoing.endpoint(), jwt, outgoing.mode() == Mode.MINT_ANEW)
                        .map(token -> options.putHeader(jwt.headerName(), jwt.prefix() + token));
        };
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI url) {
        return url.getPort() != -1 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
    }

    private static String path(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static String target(URI url) {
        return url.getHost() + ":" + port(url);
    }
}
