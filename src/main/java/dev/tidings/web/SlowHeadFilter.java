package dev.tidings.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

/**
 * Ends a connection on which the head of a request does not arrive within the request's time: one that drips would be held
 * for as long as the caller likes, since each byte begins {@code quarkus.http.idle-timeout} anew. What follows a head is
 * {@link SlowBodyFilter}'s.
 *
 * <p>Quarkus hands nobody its servers, and Vert.x calls none of our handlers before a head is whole. So each channel that
 * accepts connections is looked up on its event loop, once it is there, and puts a {@link HeadClock} before all else on each
 * connection that it accepts from then on. There are two such servers, the API's and the management interface's, and
 * either's router says when a head has arrived.
 */
@ApplicationScoped
class SlowHeadFilter {
    private final VertxInternal vertx;
    private final long millis;

    SlowHeadFilter(Vertx vertx, LimitsConfig config) {
        this.vertx = (VertxInternal) vertx;
        this.millis = config.requestTimeout().toMillis();
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(SlowHeadFilter::arrived);
    }

    void installToo(@Observes ManagementInterface management) {
        install(management.router());
    }

    void started(@ObservesAsync HttpServerStart server) {
        watch();
    }

    void started(@ObservesAsync HttpsServerStart server) {
        watch();
    }

    /** Not in development, where the servers outlive the application that is reloaded, and a clock nobody stops any more. */
    private void watch() {
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            return;
        }
        for (EventExecutor loop : vertx.getAcceptorEventLoopGroup()) {
            loop.execute(() ->
                    ((SingleThreadEventLoop) loop).registeredChannelsIterator().forEachRemaining(this::watch));
        }
    }

    private void watch(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(Door.class) == null) {
            channel.pipeline().addFirst(new Door());
        }
    }

    private static void arrived(RoutingContext request) {
        HeadClock clock = request.request().connection() instanceof ConnectionBase connection
                ? connection.channel().pipeline().get(HeadClock.class)
                : null;
        if (clock != null) {
            clock.arrived();
            request.addEndHandler(answered -> clock.answered());
        }
        request.next();
    }

    /** Where connections come in. */
    private final class Door extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object connection) {
            ((Channel) connection).pipeline().addFirst(new HeadClock(millis));
            context.fireChannelRead(connection);
        }
    }
}
