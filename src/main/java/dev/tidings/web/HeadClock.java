package dev.tidings.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes one connection when bytes came while no request was under way, and no whole head followed within the time. A head
 * that comes at once, as nearly all do, costs no timer.
 *
 * <p>HTTP/2 is left alone once it is spoken: between its requests there may be other frames, and its heads come in frames
 * that have a limit.
 *
 * <p>Concurrency: the connection's event loop, but for {@link #answered()}, which comes from wherever the answer ended.
 */
final class HeadClock extends ChannelInboundHandlerAdapter {
    private final long millis;
    private volatile boolean underWay;
    private boolean arrived;
    private @Nullable Future<?> alarm;

    HeadClock(long millis) {
        this.millis = millis;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        arrived = false;
        context.fireChannelRead(bytes);
        if (!arrived && !underWay && alarm == null) {
            alarm = context.executor().schedule(() -> late(context), millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    /** A head is whole. */
    void arrived() {
        arrived = true;
        underWay = true;
        stop();
    }

    /** Its answer is sent, or never will be. */
    void answered() {
        underWay = false;
    }

    private void stop() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    private static void late(ChannelHandlerContext context) {
        if (context.pipeline().get(Http2ConnectionHandler.class) == null) {
            var _ = context.close();
        }
    }
}
