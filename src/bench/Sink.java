import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The receiver: TLS, HTTP/1.1 or HTTP/2, and a note of when each {@code webhook-id} came first. What it answers depends on
 * the path, so that good endpoints and bad ones share one server.
 */
final class Sink {
    static final List<HttpVersion> BOTH = List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);

    /** {@code webhook-id} → {@code System.nanoTime()} of its first arrival. */
    final Map<String, Long> firstSeen = new ConcurrentHashMap<>(1 << 17);
    final LongAdder requests = new LongAdder();
    private final int port;

    private Sink(int port) {
        this.port = port;
    }

    static Sink start(Vertx vertx, Certificate certificate, List<HttpVersion> versions, Reactions reactions)
            throws Exception {
        int port = Service.freePort();
        var sink = new Sink(port);
        var options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(versions)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(certificate.store().toString())
                        .setPassword(Certificate.PASSWORD));
        vertx.deployVerticle(() -> sink.server(options, reactions), new DeploymentOptions().setInstances(2))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        return sink;
    }

    /** How to answer a request that has arrived; the default is 200 without a body. */
    interface Reactions {
        Reactions GOOD = request -> request.response().setStatusCode(200).end();

        void answer(HttpServerRequest request);
    }

    String url(String path) {
        return "https://localhost:" + port + path;
    }

    void forget() {
        firstSeen.clear();
        requests.reset();
    }

    private AbstractVerticle server(HttpServerOptions options, Reactions reactions) {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                vertx.createHttpServer(options)
                        .requestHandler(request -> {
                            request.endHandler(end -> arrived(request, reactions));
                            request.resume();
                        })
                        .exceptionHandler(known -> {})
                        .listen()
                        .<Void>mapEmpty()
                        .onComplete(started);
            }
        };
    }

    private void arrived(HttpServerRequest request, Reactions reactions) {
        requests.increment();
        String id = request.getHeader("webhook-id");
        if (id != null) {
            firstSeen.putIfAbsent(id, System.nanoTime());
        }
        reactions.answer(request);
    }
}
