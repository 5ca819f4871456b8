package dev.tidings.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP proxy on loopback that opens tunnels (CONNECT) for one user, and notes where to. */
public final class ConnectProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final HttpServer server;
    private final String credentials;
    private final Queue<String> targets = new ConcurrentLinkedQueue<>();
    private volatile int status = 200;

    private ConnectProxy(int port, String user) {
        credentials = "Basic "
                + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.ISO_8859_1));
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("localhost").setPort(port))
                .requestHandler(this::asked)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** For that user, whose password is the same. Port 0: any. */
    public static ConnectProxy on(int port, String user) {
        return new ConnectProxy(port, user);
    }

    /** Answers every CONNECT with that status from now on; -1: does not answer. */
    public void answers(int other) {
        status = other;
    }

    public String address() {
        return "localhost:" + server.actualPort();
    }

    /** What was asked for, {@code host:port} each. */
    public Queue<String> targets() {
        return targets;
    }

    private void asked(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.CONNECT)) {
            request.response().setStatusCode(405).end();
            return;
        }
        targets.add(request.uri());
        if (!credentials.equals(request.getHeader("proxy-authorization"))) {
            request.response().setStatusCode(407).end();
        } else if (status > 0 && status != 200) {
            request.response().setStatusCode(status).end();
        } else if (status > 0) {
            int colon = request.uri().lastIndexOf(':');
            String host = request.uri().substring(0, colon).replaceAll("[\\[\\]]", "");
            client.connect(Integer.parseInt(request.uri().substring(colon + 1)), host)
                    .onFailure(
                            unreachable -> request.response().setStatusCode(502).end())
                    .onSuccess(there -> request.toNetSocket().onSuccess(here -> join(here, there)));
        }
    }

    private static void join(NetSocket here, NetSocket there) {
        here.pipeTo(there);
        there.pipeTo(here);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
