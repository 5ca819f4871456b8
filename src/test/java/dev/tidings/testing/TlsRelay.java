package dev.tidings.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands on loopback between a client and a TLS server, and counts the records with data that the client sends (RFC 8446,
 * 5.1).
 */
public final class TlsRelay implements AutoCloseable {
    private static final int HEADER = 5;
    private static final int APPLICATION_DATA = 23;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger records = new AtomicInteger();
    private final NetServer server;

    private TlsRelay(int to) {
        server = vertx.createNetServer()
                .connectHandler(here -> {
                    here.pause();
                    vertx.createNetClient().connect(to, "localhost").onSuccess(there -> {
                        count(here, there);
                        there.handler(here::write);
                        there.closeHandler(closed -> here.close());
                        here.closeHandler(closed -> there.close());
                        here.resume();
                    });
                })
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** To the server on that port of this host. */
    public static TlsRelay to(int port) {
        return new TlsRelay(port);
    }

    public int port() {
        return server.actualPort();
    }

    /** How many records with data went by since the last question. */
    public int records() {
        return records.getAndSet(0);
    }

    private void count(NetSocket here, NetSocket there) {
        var parser = RecordParser.newFixed(HEADER);
        boolean[] inHeader = {true};
        parser.handler(bytes -> {
            there.write(bytes);
            inHeader[0] = !inHeader[0];
            parser.fixedSizeMode(inHeader[0] ? HEADER : length(bytes));
            records.addAndGet(!inHeader[0] && bytes.getByte(0) == APPLICATION_DATA ? 1 : 0);
        });
        here.handler(parser);
    }

    private static int length(Buffer header) {
        return header.getUnsignedShort(HEADER - 2);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
