package dev.tidings.web;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing that is wrong with a request.
 *
 * @param field the way to it, such as {@code headers[1].name}; a header's or parameter's name; empty for the whole body
 * @param message what to do about it, for a person; reads on from the field's name
 */
@RegisterForReflection // Written with its problem.
@Schema(description = "One thing that is wrong with a request")
public record Violation(
        @Schema(examples = "headers[1].name") String field,

        @Schema(examples = "must not start with a dot or a dollar sign")
        String message) {}
