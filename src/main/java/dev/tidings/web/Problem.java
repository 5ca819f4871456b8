package dev.tidings.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error's body: RFC 9457, "Problem Details for HTTP APIs".
 *
 * @param type {@code about:blank}: the status says what kind of problem it is (RFC 9457, 4.2.1)
 * @param title the status in words
 * @param status the answer's status code
 * @param detail what happened and what to do, for a person
 * @param violations each thing that is wrong with the request; empty unless the status is 400 or 422
 */
@RegisterForReflection // Written by a mapper of its own.
@JsonPropertyOrder({"type", "title", "status", "detail", "violations"})
@Schema(description = "What went wrong, as RFC 9457 has it")
public record Problem(
        @Schema(examples = "about:blank") String type,
        @Schema(examples = "Unprocessable Content") String title,
        @Schema(examples = "422") int status,

        @Schema(examples = "The request is not valid: see the violations")
        String detail,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations) {

    /** The media type of {@link #json}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Plain JSON, whatever is configured for the API's other answers. */
    private static final ObjectWriter WRITER = new ObjectMapper().writerFor(Problem.class);

    static Problem of(int status, String detail) {
        return of(status, detail, List.of());
    }

    static Problem of(int status, String detail, List<Violation> violations) {
        return new Problem("about:blank", Titles.of(status), status, detail, List.copyOf(violations));
    }

    /** The body that is sent. */
    String json() {
        try {
            return WRITER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is made of strings and numbers, which always can be written", e);
        }
    }
}
