package dev.tidings.egress;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Lets what one turn of the event loop sends over an HTTP/2 connection leave it together: requests to one receiver come in
 * swarms, as commits and answers do, and each by itself costs a TLS record and a call of the operating system, more
 * than a quarter of the event loop's time (decision 7). Nobody waits longer for it than until the turn's end.
 *
 * <p>Vert.x has no setting for this, so the handler is put where its connections have theirs: before TLS, for records to be
 * shared too.
 */
final class Flushes {
    /** So many at most: what is sent until then fills some records. */
    private static final int MOST = 64;

    private Flushes() {}

    /** For a connection that has just been made, on its event loop. */
    static void share(HttpConnection made) {
        if (made instanceof ConnectionBase connection) {
            ChannelPipeline pipeline = connection.channel().pipeline();
            var tls = pipeline.context(SslHandler.class);
            if (tls != null && pipeline.get(Http2ConnectionHandler.class) != null) {
                pipeline.addAfter(tls.name(), null, new FlushConsolidationHandler(MOST, true));
            }
        }
    }
}
