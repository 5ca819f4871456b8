package dev.tidings.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object, and notes what is wrong with them instead of failing. JSON's {@code null} is as
 * good as absent; unknown fields are not looked at. What could not be read is {@code null}, with a violation noted.
 */
public final class JsonFields {
    private final JsonNode object;
    private final String path;
    private final List<Violation> violations;

    private JsonFields(JsonNode object, String path, List<Violation> violations) {
        this.object = object;
        this.path = path;
        this.violations = violations;
    }

    static JsonFields of(JsonNode root) {
        return new JsonFields(root, "", new ArrayList<>());
    }

    /** Notes that there is something wrong with that field; an empty name means the object itself. */
    public void violate(String name, String message) {
        String field = name.isEmpty() && path.endsWith(".") ? path.substring(0, path.length() - 1) : path + name;
        violations.add(new Violation(field, message));
    }

    /** 422 when anything was noted, in this object or in one that was read through it. */
    public void check() {
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    /** The value as it came, or {@code null} when it is absent. */
    public @Nullable JsonNode get(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** A required line of text: not blank, no control characters. */
    public @Nullable String line(String name, int longest) {
        if (!has(name)) {
            violate(name, "is required");
            return null;
        }
        String line = optionalLine(name, longest);
        if (line != null && line.isBlank()) {
            violate(name, "must not be empty");
            return null;
        }
        return line;
    }

    /** A line of text, without control characters. */
    public @Nullable String optionalLine(String name, int longest) {
        String text = optionalText(name, longest);
        if (text != null && text.chars().anyMatch(Character::isISOControl)) {
            violate(name, "must not contain line breaks or other control characters");
            return null;
        }
        return text;
    }

    /** Text, with line breaks or without. What PostgreSQL and UTF-8 can't hold is refused. */
    public @Nullable String optionalText(String name, int longest) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            violate(name, "must be a string");
            return null;
        }
        String text = value.textValue();
        if (text.length() > longest) {
            violate(name, "must have at most " + longest + " characters, has " + text.length());
            return null;
        }
        if (!isStorable(text)) {
            violate(name, "must not contain NUL or half a surrogate pair");
            return null;
        }
        return text;
    }

    /** A whole number within those bounds. */
    public @Nullable Integer optionalInteger(String name, int least, int most) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            violate(name, "must be a whole number from " + least + " to " + most);
            return null;
        }
        return value.intValue();
    }

    /** True or false. */
    public @Nullable Boolean optionalBoolean(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isBoolean()) {
            violate(name, "must be true or false");
            return null;
        }
        return value == null ? null : value.booleanValue();
    }

    /** The fields of an object within this one. */
    public @Nullable JsonFields optionalObject(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isObject()) {
            violate(name, "must be an object");
            return null;
        }
        return value == null ? null : new JsonFields(value, path + name + ".", violations);
    }

    /** The members of an array of objects, as far as they are objects; empty when it is absent. */
    public List<JsonFields> optionalObjects(String name, int most) {
        JsonNode array = array(name, most);
        List<JsonFields> members = new ArrayList<>();
        for (int i = 0; array != null && i < array.size(); i++) {
            JsonFields member = new JsonFields(array.get(i), path + name + "[" + i + "].", violations);
            if (array.get(i).isObject()) {
                members.add(member);
            } else {
                member.violate("", "must be an object");
            }
        }
        return members;
    }

    /** The array of that name, or {@code null} when it is absent. */
    public @Nullable JsonNode array(String name, int most) {
        JsonNode value = get(name);
        if (value != null && !value.isArray()) {
            violate(name, "must be an array");
            return null;
        }
        if (value != null && value.size() > most) {
            violate(name, "must have at most " + most + " members, has " + value.size());
            return null;
        }
        return value;
    }

    /** Whether PostgreSQL's {@code text}, and UTF-8, can hold that text unchanged. */
    public static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
