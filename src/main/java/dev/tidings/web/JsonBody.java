package dev.tidings.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.web.StrictJson.NotJsonException;

/** Reads a request's body by hand, so that everything that is wrong with it can be told at once, with its place. */
public final class JsonBody {
    private JsonBody() {}

    /** The fields of that JSON object: 400 when it is not JSON, 422 when it is something else than an object. */
    public static JsonFields read(byte[] body) {
        JsonNode json = tree(body);
        if (json.isMissingNode()) {
            throw ProblemException.malformed("The body is empty: send a JSON object");
        }
        JsonFields fields = JsonFields.of(json);
        if (!json.isObject()) {
            fields.violate("", "must be a JSON object");
            fields.check();
        }
        return fields;
    }

    /** The JSON value of that body, a missing node when it is empty: 400 when it is not JSON. */
    public static JsonNode tree(byte[] body) {
        try {
            return StrictJson.read(body);
        } catch (NotJsonException e) {
            throw ProblemException.malformed("The body is not JSON: " + e.fault());
        }
    }
}
