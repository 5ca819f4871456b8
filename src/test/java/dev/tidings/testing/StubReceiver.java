package dev.tidings.testing;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A customer's endpoint on loopback: reacts as scripted, then answers 200, and keeps every request in full. Over TLS it
 * speaks HTTP/2 and HTTP/1.1, whichever the sender prefers.
 *
 * <p>Concurrency: one event loop of its own serves; what tests look at is safe to read at any time.
 */
public final class StubReceiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * A request as it arrived.
     *
     * @param headers looked up in any case
     * @param from the other end of the connection: one value for one connection
     */
    public record Request(
            String method,
            String uri,
            HttpVersion version,
            Headers headers,
            byte[] bytes,
            InetSocketAddress from,
            Instant at) {
        public String header(String name) {
            return headers.getFirst(name);
        }

        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** What is answered. */
    public record Answer(int status, Map<String, String> headers, byte[] body) implements Reaction {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), new byte[0]);
        }
    }

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final HttpServer server;
    private final String scheme;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final Queue<Reaction> script = new ConcurrentLinkedQueue<>();
    private volatile Reaction afterwards = Answer.of(200);

    private StubReceiver(HttpServerOptions options) {
        scheme = options.isSsl() ? "https" : "http";
        server = ready(vertx.createHttpServer(options.setHost("localhost"))
                .connectionHandler(this::connected)
                .requestHandler(request -> request.body().onSuccess(body -> arrived(request, body)))
                .listen());
    }

    /** Speaks plain HTTP/1.1. */
    public static StubReceiver plain() {
        return plain(0);
    }

    /** The same, on that port. */
    public static StubReceiver plain(int port) {
        return new StubReceiver(new HttpServerOptions().setPort(port).setHttp2ClearTextEnabled(false));
    }

    /** Speaks plain HTTP/2 on that port, as gRPC without TLS wants it, and answers every call. */
    public static StubReceiver grpc(int port) {
        return new StubReceiver(new HttpServerOptions().setPort(port).setHttp2ClearTextEnabled(true))
                .always(new Reaction.GrpcOk());
    }

    /** Speaks TLS, with a certificate for {@code localhost} that the application trusts in tests. */
    public static StubReceiver tls() {
        return tls(TestCertificate.LOCALHOST);
    }

    /** Speaks TLS and shows that certificate. */
    public static StubReceiver tls(TestCertificate certificate) {
        return new StubReceiver(overTls(certificate));
    }

    /** Speaks TLS as {@link #tls()} does, but HTTP/1.1 only. */
    public static StubReceiver tlsWithoutHttp2() {
        return tlsWithoutHttp2(0);
    }

    /** The same, on that port. */
    public static StubReceiver tlsWithoutHttp2(int port) {
        return new StubReceiver(
                overTls(TestCertificate.LOCALHOST).setPort(port).setAlpnVersions(List.of(HttpVersion.HTTP_1_1)));
    }

    /** Speaks TLS as {@link #tls()} does, with those who show a certificate of that one's authority. */
    public static StubReceiver tlsFor(ClientCertificate client, String... versions) {
        var options = overTls(TestCertificate.LOCALHOST)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(client.trust());
        return new StubReceiver(
                versions.length == 0 ? options : options.setEnabledSecureTransportProtocols(Set.of(versions)));
    }

    /** Speaks no TLS but of that version. */
    public static StubReceiver tlsOf(String version) {
        return new StubReceiver(overTls(TestCertificate.LOCALHOST).setEnabledSecureTransportProtocols(Set.of(version)));
    }

    private static HttpServerOptions overTls(TestCertificate certificate) {
        return new HttpServerOptions()
                .setPort(0)
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(certificate.forServer());
    }

    public int port() {
        return server.actualPort();
    }

    public String url(String path) {
        return scheme + "://localhost:" + port() + path;
    }

    /** Reacts so once, after what was scripted before. */
    public StubReceiver then(Reaction reaction) {
        script.add(reaction);
        return this;
    }

    /** Reacts so to whatever comes after the script. */
    public StubReceiver always(Reaction reaction) {
        afterwards = reaction;
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Waits for that many requests, and answers them all. */
    public List<Request> awaitRequests(int count) {
        await().atMost(PATIENCE).until(() -> arrived.get() >= count);
        return requests();
    }

    /** How many connections there have been. */
    public int connections() {
        return connected.get();
    }

    /** Waits until nobody is connected. */
    public void awaitNoConnection() {
        await().atMost(PATIENCE).until(open::isEmpty);
    }

    private void connected(HttpConnection connection) {
        connected.incrementAndGet();
        open.add(connection);
        connection.closeHandler(closed -> open.remove(connection));
    }

    private void arrived(HttpServerRequest request, Buffer body) {
        var headers = new Headers();
        request.headers().forEach(headers::add);
        var address = request.remoteAddress();
        requests.add(new Request(
                request.method().name(),
                request.uri(),
                request.version(),
                headers,
                body.getBytes(),
                InetSocketAddress.createUnresolved(address.host(), address.port()),
                Instant.now()));
        arrived.incrementAndGet();
        Reaction scripted = script.poll();
        Reactions.play(vertx, request, scripted == null ? afterwards : scripted);
    }

    @Override
    public void close() {
        ready(vertx.close());
    }

    private static <T> T ready(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
