package dev.tidings.egress;

import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.Trace;
import dev.tidings.attempt.Trace.Timing;
import dev.tidings.attempt.Wire;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt leaves behind on its way, for whoever asks how it went.
 *
 * <p>Concurrency: each step is written by the thread that makes it (resolver, connection's event loop) and read when the
 * attempt has ended, which may be while a late step is still under way: all is volatile, and each step stands alone.
 */
final class Trail {
    private final long begun = System.nanoTime();
    private volatile @Nullable String address;
    private volatile @Nullable Integer resolved;
    private volatile @Nullable Integer connected;
    private volatile @Nullable Integer answered;
    private volatile Peers.@Nullable Peer peer;
    private volatile boolean reused;
    private volatile @Nullable String protocol;
    private volatile List<HeaderLine> answer = List.of();

    void resolved(SocketAddress vetted) {
        address = vetted.hostAddress();
        resolved = sinceBegun();
    }

    void connected(Peers.Peer other) {
        peer = other;
        reused = other.use();
        connected = sinceBegun();
    }

    void answered(HttpClientResponse response) {
        protocol = words(response.version());
        MultiMap headers = response.headers();
        answer = AnswerHeaders.of(headers);
        answered = sinceBegun();
    }

    /** How it went until now. */
    Trace trace(Wire.Request request) {
        Peers.Peer other = peer;
        var wire = new Wire(request, address, protocol, other == null ? null : other.tls());
        return new Trace(wire, new Timing(resolved, connected, answered), reused, answer);
    }

    private int sinceBegun() {
        return Math.toIntExact((System.nanoTime() - begun) / 1_000_000);
    }

    private static String words(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
            case HTTP_2 -> "HTTP/2";
        };
    }
}
