package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Fault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, of which no more is read than is allowed.
 *
 * <p>Concurrency: everything happens on the connection's event loop, but for {@link #abort()}, which may come from the
 * timeout's thread at any moment: {@code aborted} and {@code request} are volatile, and each is looked at after the
 * other was set, so that a request which is made while the time runs out is reset too.
 */
final class Call {
    /** More of an answer is not read; its status counts all the same. */
    private static final int MOST_READ = 64 * 1024;
    /** More of an answer is not kept. */
    private static final int MOST_KEPT = 20_000;

    private final InstantSource clock;
    private final Peers peers;
    private final Trail trail;
    private final Buffer kept = Buffer.buffer();
    private int read;
    private volatile @Nullable HttpClientRequest request;
    private volatile boolean aborted;

    Call(InstantSource clock, Peers peers, Trail trail) {
        this.clock = clock;
        this.peers = peers;
        this.trail = trail;
    }

    /** Sends it, once. The answer is whole, or as much of it as is read. */
    Uni<Answered> run(VersionedClient client, RequestOptions options, byte[] body) {
        return Uni.createFrom().emitter(emitter -> {
            if (!aborted) {
                client.request(options).onFailure(emitter::fail).onSuccess(made -> send(made, body, emitter));
            }
        });
    }

    /** Nobody waits any more: the connection (HTTP/1.1) or the stream (HTTP/2) ends. */
    void abort() {
        aborted = true;
        HttpClientRequest made = request;
        if (made != null) {
            made.reset();
        }
    }

    private void send(HttpClientRequest made, byte[] body, UniEmitter<? super Answered> emitter) {
        request = made;
        if (aborted) {
            made.reset();
            return;
        }
        trail.connected(peers.of(made.connection()));
        made.exceptionHandler(emitter::fail);
        made.send(Buffer.buffer(body)).onFailure(emitter::fail).onSuccess(answer -> read(made, answer, emitter));
    }

    private void read(HttpClientRequest made, HttpClientResponse answer, UniEmitter<? super Answered> emitter) {
        answer.exceptionHandler(emitter::fail);
        trail.answered(answer);
        int status = answer.statusCode();
        if (status < 200 || status > 599) {
            emitter.fail(new BrokenException(Fault.PROTOCOL, "The answer's status is " + status + ": not HTTP's"));
            made.reset();
            return;
        }
        answer.endHandler(end -> emitter.complete(answered(answer)));
        answer.handler(chunk -> {
            int room = MOST_KEPT - kept.length();
            kept.appendBuffer(chunk, 0, Math.min(Math.max(room, 0), chunk.length()));
            read += chunk.length();
            if (read > MOST_READ) {
                emitter.complete(answered(answer));
                made.reset();
            }
        });
    }

    private Answered answered(HttpClientResponse answer) {
        String retryAfter = answer.getHeader("retry-after");
        return new Answered(answer.statusCode(), text(), RetryAfter.parse(retryAfter, clock.instant()));
    }

    /** What is not UTF-8 becomes the replacement character; a character that was cut in two goes. */
    private String text() {
        String text = new String(kept.getBytes(), StandardCharsets.UTF_8);
        boolean cut = kept.length() == MOST_KEPT && text.endsWith("\uFFFD");
        // PostgreSQL's text can't hold NUL.
        return (cut ? text.substring(0, text.length() - 1) : text).replace("\0", "");
    }
}
