package dev.tidings.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request in JAX-RS into a problem. */
class ProblemMapper {
    /** What a header says about the error; everything else of the framework's answer is left behind. */
    private static final Set<String> KEPT = Set.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER);

    private final AllowedMethods methods;

    ProblemMapper(AllowedMethods methods) {
        this.methods = methods;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return answer(e.problem(), e.headers());
    }

    /** What the framework itself finds: no such route, method or media type, a bad parameter, a body too large. */
    @ServerExceptionMapper
    Response webApplication(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        Response found = e.getResponse();
        int status = found.getStatus();
        if (status < 400) {
            return found;
        }
        if (status == 500) {
            return unexpected(e);
        }
        Response.ResponseBuilder answer = builder(Problem.of(status, Details.of(status)));
        KEPT.forEach(name -> {
            if (found.getHeaderString(name) != null) {
                answer.header(name, found.getHeaderString(name));
            }
        });
        return answer.build();
    }

    /** Named besides its superclass, since the framework has a mapper of its own for it. */
    @ServerExceptionMapper
    Response notFound(NotFoundException e) {
        return answer(Problem.of(404, Details.of(404)), Map.of());
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e, UriInfo address) {
        return answer(Problem.of(405, Details.of(405)), Map.of(HttpHeaders.ALLOW, methods.at(address.getPath())));
    }

    @ServerExceptionMapper
    Response json(JsonProcessingException e) {
        return answer(Problem.of(400, "The body is not JSON: " + StrictJson.fault(e)), Map.of());
    }

    /** Named besides its superclass, since the framework has a mapper of its own for it. */
    @ServerExceptionMapper
    Response mismatch(MismatchedInputException e) {
        return answer(BoundBody.problem(e), Map.of());
    }

    @ServerExceptionMapper
    Response violations(ConstraintViolationException e) {
        return answer(BoundBody.problem(e), Map.of());
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    Response unauthorized(RuntimeException e) {
        return problem(TokenFilter.invalidToken());
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return problem(ProblemException.forbidden("The token does not permit this"));
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        return problem(LastResort.answer(e));
    }

    private static Response answer(Problem problem, Map<String, String> headers) {
        Response.ResponseBuilder answer = builder(problem);
        headers.forEach(answer::header);
        return answer.build();
    }

    private static Response.ResponseBuilder builder(Problem problem) {
        return Response.status(problem.status())
                .type(MediaType.valueOf(Problem.MEDIA_TYPE))
                .entity(problem.json());
    }
}
