package dev.tidings.egress;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client for each version of HTTP, and which of the two a receiver is asked with. ALPN decides what is spoken (RFC 7301);
 * but a pool has to know before it connects: expecting HTTP/1.1 it opens a connection for each request that finds none
 * free, expecting HTTP/2 it opens one and lets all others wait for it.
 *
 * <p>So the first request to a receiver goes alone. Others that come meanwhile wait until its connection stands, which they
 * had to wait for anyway, and then go as that one speaks; when it could not be made, neither can theirs. Where a receiver
 * speaks another version later, the next request knows.
 *
 * <p>Concurrency: any thread. A request is made on the Vert.x context that asks for it.
 */
final class VersionedClient {
    private static final int MOST_RECEIVERS = 10_000;

    private record Receiver(SocketAddress address, String host) {
        static Receiver of(RequestOptions options) {
            return new Receiver(options.getServer(), options.getHost());
        }
    }

    private final Vertx vertx;
    private final HttpVersion likely;
    private final HttpClient http1;
    private final HttpClient http2;
    private final Map<Receiver, HttpVersion> spoken = new ConcurrentHashMap<>();
    /** Whose first connection is being made. */
    private final Map<Receiver, Future<HttpClientRequest>> first = new ConcurrentHashMap<>();

    /**
     * @param likely what is expected of a receiver that nothing is known of
     * @param maker makes a client whose pool expects that version, and speaks what the receiver prefers
     */
    VersionedClient(Vertx vertx, HttpVersion likely, Function<HttpVersion, HttpClient> maker) {
        this.vertx = vertx;
        this.likely = likely;
        this.http1 = maker.apply(HttpVersion.HTTP_1_1);
        this.http2 = maker.apply(HttpVersion.HTTP_2);
    }

    /** A request that has its connection. */
    Future<HttpClientRequest> request(RequestOptions options) {
        Receiver receiver = Receiver.of(options);
        HttpVersion version = spoken.get(receiver);
        if (version != null) {
            return request(receiver, version, options);
        }
        Promise<HttpClientRequest> own = Promise.promise();
        Future<HttpClientRequest> other = first.putIfAbsent(receiver, own.future());
        if (other != null) {
            Context caller = vertx.getOrCreateContext();
            Promise<HttpClientRequest> later = Promise.promise();
            other.onComplete(made -> caller.runOnContext(there -> {
                if (made.succeeded()) {
                    request(receiver, made.result().version(), options).onComplete(later);
                } else {
                    later.fail(made.cause());
                }
            }));
            return later.future();
        }
        // Learnt before the others hear of it, so that nobody becomes the first once more. A client that throws (it is
        // closed)
        // fails here too: otherwise whoever comes next would wait for ever.
        return Future.succeededFuture(options)
                .compose(one -> request(receiver, likely, one))
                .onComplete(made -> {
                    first.remove(receiver);
                    own.handle(made);
                });
    }

    private Future<HttpClientRequest> request(Receiver receiver, HttpVersion expected, RequestOptions options) {
        return (expected == HttpVersion.HTTP_2 ? http2 : http1)
                .request(options)
                .onSuccess(made -> learn(receiver, made.version()));
    }

    private void learn(Receiver receiver, @Nullable HttpVersion version) {
        if (version != null && version != spoken.get(receiver)) {
            if (spoken.size() >= MOST_RECEIVERS) {
                spoken.clear();
            }
            spoken.put(receiver, version);
        }
    }

    /** Closes all connections. */
    void close() {
        http1.close();
        http2.close();
    }
}
