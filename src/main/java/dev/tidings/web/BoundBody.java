package dev.tidings.web;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Problems of bodies that the framework binds to a type, for resources that let it. */
final class BoundBody {
    private BoundBody() {}

    /** A value of another JSON type than the field has. The parser's message names classes, so it stays here. */
    static Problem problem(MismatchedInputException e) {
        Violation violation = new Violation(path(e.getPath()), "is missing, or of a JSON type that it must not have");
        return Problem.of(422, "The request is not valid: see the violations", List.of(violation));
    }

    /** Violations of Bean Validation's annotations; the path loses its begin, which is the method and its parameter. */
    static Problem problem(ConstraintViolationException e) {
        List<Violation> violations = e.getConstraintViolations().stream()
                .map(violation -> new Violation(path(violation.getPropertyPath()), violation.getMessage()))
                .toList();
        return Problem.of(422, "The request is not valid: see the violations", violations);
    }

    private static String path(List<Reference> references) {
        return references.stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String path(Path nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .skip(1)
                .map(Path.Node::toString)
                .collect(Collectors.joining("."));
    }
}
