package dev.tidings.web;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes the place of the server's own error pages, outside of JAX-RS: a body announced as too large, an address that
 * nobody knows, a failure on the way. Each is a problem like those of the API.
 */
@ApplicationScoped
class BareErrorFilter {
    private static final Logger LOG = Logger.getLogger(BareErrorFilter.class);
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final long LINGER_MILLIS = 1_000;

    private final long largestBody;
    private final BodyHandler reader;

    BareErrorFilter(VertxHttpConfig http) {
        this.largestBody =
                http.limits().maxBodySize().map(size -> size.asLongValue()).orElse(Long.MAX_VALUE);
        this.reader = BodyHandler.create(false).setBodyLimit(largestBody);
    }

    void install(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).handler(this::weigh);
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).failureHandler(BareErrorFilter::fail);
        router.route().last().handler(request -> answer(request, Problem.of(404, Details.of(404))));
    }

    /**
     * JAX-RS would answer a body that turns out too large with the bare status. So one that does not say its length is
     * read here, up to the limit, and passed on; the usual one that does is weighed by its word, and not touched.
     */
    private void weigh(RoutingContext request) {
        if (announced(request) > largestBody) {
            answer(request, Problem.of(413, Details.of(413)));
        } else if (mayHaveBodyOfUnknownLength(request)) {
            reader.handle(request);
        } else {
            request.next();
        }
    }

    private static boolean mayHaveBodyOfUnknownLength(RoutingContext request) {
        HttpServerRequest head = request.request();
        return !head.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && (head.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || (head.version() == HttpVersion.HTTP_2 && WITH_BODY.contains(head.method())));
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
        if (isBeingRead(request)) {
            LOG.debugf("The body of a request broke off: %s", request.failure());
            answer(request, Problem.of(400, Details.of(400)));
            return;
        }
        ProblemException problem = LastResort.answer(request.failure());
        problem.headers().forEach(request.response()::putHeader);
        answer(request, problem.problem());
    }

    /**
     * While a body is read here nothing of ours has begun, so what fails is the caller's: a chunk whose size is none, or a
     * connection that ended. Over HTTP/1.1 the server ends it at once, and nobody hears the answer.
     */
    private static boolean isBeingRead(RoutingContext request) {
        return mayHaveBodyOfUnknownLength(request) && !request.request().isEnded();
    }

    private static void answer(RoutingContext request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            request.request().connection().close();
            return;
        }
        boolean last = problem.status() == 413 && request.request().version() != HttpVersion.HTTP_2;
        if (last) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.json());
        if (last) {
            // Not at once: a caller that still sends would get a reset in place of the answer.
            request.vertx()
                    .setTimer(
                            LINGER_MILLIS,
                            tick -> request.request().connection().close());
        }
    }
}
