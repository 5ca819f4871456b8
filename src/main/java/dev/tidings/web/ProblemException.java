package dev.tidings.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem. It is an answer, not a surprise: it is not logged, and carries no stack trace.
 *
 * <p>Every {@code detail} is for a caller: what is wrong, and what to do.
 */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final transient Map<String, String> headers;

    private ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    /** 400: the request cannot be read. */
    public static ProblemException malformed(String detail) {
        return of(400, detail);
    }

    /** 400: a header or parameter of the request cannot be used. */
    public static ProblemException malformed(List<Violation> violations) {
        return new ProblemException(
                Problem.of(400, "The request cannot be used: see the violations", violations), Map.of());
    }

    /** 401: no bearer token, or one that does not hold. */
    public static ProblemException unauthorized(String detail, String challenge) {
        return new ProblemException(Problem.of(401, detail), Map.of("WWW-Authenticate", challenge));
    }

    /** 403: a token that holds, but not for this. */
    public static ProblemException forbidden(String detail) {
        return of(403, detail);
    }

    /** 403: a token that lacks a permission, named for people and (RFC 6750, 3.1) for programs. */
    static ProblemException lacking(Permission permission) {
        return new ProblemException(
                Problem.of(403, "The token lacks the permission " + permission.value() + ": ask for one that has it"),
                Map.of(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_scope\", scope=\"" + permission.value() + "\""));
    }

    /** 404: an unknown id, and just so another tenant's. */
    public static ProblemException notFound(String detail) {
        return of(404, detail);
    }

    /** 409: it would contradict what is there. */
    public static ProblemException conflict(String detail) {
        return of(409, detail);
    }

    /** 412: what {@code If-Match} names is not the version that is there. */
    public static ProblemException preconditionFailed(String detail) {
        return of(412, detail);
    }

    /** 413: more than is taken at once. */
    public static ProblemException tooLarge(String detail) {
        return of(413, detail);
    }

    /** 422: it can be read, and makes no sense. */
    public static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(
                Problem.of(422, "The request is not valid: see the violations", violations), Map.of());
    }

    /** 429: the caller sends faster than events can be taken. */
    public static ProblemException overloaded(String detail, Duration retryAfter) {
        return later(429, detail, retryAfter);
    }

    /** 500: a fault of ours. */
    static ProblemException broken(String detail) {
        return of(500, detail);
    }

    /** 503: Tidings can't do it at present. */
    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return later(503, detail, retryAfter);
    }

    /** The body of the answer. */
    public Problem problem() {
        return problem;
    }

    /** Headers that the answer carries besides, by name. */
    public Map<String, String> headers() {
        return headers;
    }

    private static ProblemException of(int status, String detail) {
        return new ProblemException(Problem.of(status, detail), Map.of());
    }

    private static ProblemException later(int status, String detail, Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new ProblemException(Problem.of(status, detail), Map.of("Retry-After", Long.toString(seconds)));
    }
}
