package dev.tidings.testing;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A customer's endpoint on loopback: answers as scripted, then 200, and keeps every request in full. */
public final class StubReceiver implements AutoCloseable {
    /** A request as it arrived; header names as the JDK's server spells them, looked up in any case. */
    public record Request(Headers headers, String body, InetSocketAddress from) {
        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** What is answered. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), new byte[0]);
        }
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();

    private StubReceiver(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Speaks plain HTTP. */
    public static StubReceiver plain() {
        try {
            return new StubReceiver(HttpServer.create(loopback(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Speaks TLS, with a certificate for {@code localhost} that the application trusts in tests. */
    public static StubReceiver tls() {
        try {
            HttpsServer server = HttpsServer.create(loopback(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(TestCertificate.serverContext()));
            return new StubReceiver(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public String url(String path) {
        return scheme + "://localhost:" + server.getAddress().getPort() + path;
    }

    /** Answers so once, after what was scripted before. */
    public StubReceiver then(Answer answer) {
        script.add(answer);
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Waits for that many requests, and answers them all. */
    public List<Request> awaitRequests(int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> requests.size() >= count);
        return requests();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = script.poll();
            requests.add(new Request(exchange.getRequestHeaders(), body, exchange.getRemoteAddress()));
            Answer now = answer == null ? Answer.of(200) : answer;
            now.headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(now.status, now.body.length == 0 ? -1 : now.body.length);
            if (now.body.length > 0) {
                exchange.getResponseBody().write(now.body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
