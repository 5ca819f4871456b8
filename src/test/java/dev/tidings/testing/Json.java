package dev.tidings.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bodies made from others: a valid one, with one thing changed. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** That object with one field at the top replaced by a JSON value, or taken away by an empty one. */
    public static String with(String object, String field, String value) {
        ObjectNode changed = (ObjectNode) read(object);
        if (value.isEmpty()) {
            changed.remove(field);
        } else {
            changed.set(field, read(value));
        }
        return changed.toString();
    }

    /** A JSON string of that text. */
    public static String string(String text) {
        return MAPPER.valueToTree(text).toString();
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
