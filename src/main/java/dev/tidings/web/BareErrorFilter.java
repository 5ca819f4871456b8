package dev.tidings.web;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Takes the place of the server's own error pages, outside of JAX-RS: a body announced as too large, an address that
 * nobody knows, a failure on the way. Each is a problem like those of the API.
 */
@ApplicationScoped
class BareErrorFilter {
    private final long largestBody;

    BareErrorFilter(VertxHttpConfig http) {
        this.largestBody =
                http.limits().maxBodySize().map(size -> size.asLongValue()).orElse(Long.MAX_VALUE);
    }

    void install(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).handler(this::weigh);
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).failureHandler(BareErrorFilter::fail);
        router.route().last().handler(request -> answer(request, Problem.of(404, Details.of(404))));
    }

    /** A body without a length is counted while it is read: JAX-RS ends that with the same status. */
    private void weigh(RoutingContext request) {
        if (announced(request) > largestBody) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            answer(request, Problem.of(413, Details.of(413)));
        } else {
            request.next();
        }
    }

    private static long announced(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static void fail(RoutingContext request) {
        int status = request.statusCode();
        if (request.failure() == null || (status >= 400 && status < 500)) {
            answer(request, Problem.of(Math.max(status, 400), Details.of(status)));
            return;
        }
        ProblemException problem = LastResort.answer(request.failure());
        problem.headers().forEach(request.response()::putHeader);
        answer(request, problem.problem());
    }

    private static void answer(RoutingContext request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            request.request().connection().close();
            return;
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.json());
    }
}
