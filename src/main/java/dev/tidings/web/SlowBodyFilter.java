package dev.tidings.web;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Ends a connection whose request's body does not arrive within its time: one that drips would hold it, and what was read
 * of it, for as long as the caller likes. For heads there is {@link SlowHeadFilter}; a connection that is only silent ends by
 * {@code quarkus.http.idle-timeout}.
 */
@ApplicationScoped
class SlowBodyFilter {
    /** Of HTTP/2, whose other streams go on; over HTTP/1.1 the connection ends. */
    private static final long CANCEL = 8;

    private final long millis;

    SlowBodyFilter(LimitsConfig config) {
        this.millis = config.requestTimeout().toMillis();
    }

    void install(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 2).handler(this::watch);
    }

    /** One timer a request that has a body, which ends with the request, on the request's own event loop. */
    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            long timer = context.vertx().setTimer(millis, late -> {
                if (!request.isEnded()) {
                    request.response().reset(CANCEL);
                }
            });
            context.addEndHandler(done -> context.vertx().cancelTimer(timer));
        }
        context.next();
    }
}
