package dev.tidings.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.web.Violation;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of one JSON object, and notes what is wrong with them instead of failing: all violations are
 * told at once. What a method answers after a violation is a placeholder that nobody uses.
 */
final class Fields {
    private static final int LONGEST_STRING = 1_024;
    private static final String MISSING = "is required";

    private final @Nullable JsonNode object;
    private final String path;
    private final List<Violation> violations;

    private Fields(@Nullable JsonNode object, String path, List<Violation> violations) {
        this.object = object;
        this.path = path;
        this.violations = violations;
    }

    /** The fields of a whole body, or of one event. */
    static Fields of(JsonNode event) {
        return new Fields(event, "", new ArrayList<>());
    }

    /** What was wrong so far, in the order of reading; shared with all fields that came from these. */
    List<Violation> violations() {
        return violations;
    }

    /** Notes what is wrong with a field; {@code name} may be empty for the object itself. */
    void violate(String name, String message) {
        violations.add(new Violation(path + name, message));
    }

    /** A required object's fields. When it is missing, its own required fields are not complained of besides. */
    Fields object(String name) {
        JsonNode value = get(name);
        if (value == null) {
            require(name);
        } else if (!value.isObject()) {
            violate(name, "must be an object");
            value = null;
        }
        return new Fields(value, path + name + ".", violations);
    }

    String string(String name) {
        return string(name, LONGEST_STRING);
    }

    String string(String name, int longest) {
        String value = optionalString(name, longest);
        if (value == null) {
            if (get(name) == null) {
                require(name);
            }
            return "";
        }
        if (value.isBlank()) {
            violate(name, "must not be empty");
        }
        return value;
    }

    @Nullable
    String optionalString(String name) {
        return optionalString(name, LONGEST_STRING);
    }

    @Nullable
    String optionalString(String name, int longest) {
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
        } else if (hasControlCharacter(text)) {
            violate(name, "must not contain control characters");
        }
        return text;
    }

    /** A required word, one of a closed set. */
    <T> T word(String name, Function<String, Optional<T>> of, T[] known, Function<T, String> spelling) {
        String value = optionalString(name);
        Optional<T> found = value == null ? Optional.empty() : of.apply(value);
        if (found.isEmpty()) {
            List<String> words = new ArrayList<>();
            for (T one : known) {
                words.add(spelling.apply(one));
            }
            if (get(name) == null) {
                require(name);
            } else if (value != null) {
                violate(name, "must be one of " + String.join(", ", words) + "; is: " + shortened(value));
            }
        }
        return found.orElse(known[0]);
    }

    @Nullable
    Boolean optionalBoolean(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isBoolean()) {
            violate(name, "must be true or false");
            return null;
        }
        return value == null ? null : value.booleanValue();
    }

    @Nullable
    Long optionalInteger(String name, long most) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        boolean whole = value.isIntegralNumber();
        if (!whole
                || value.bigIntegerValue().signum() < 0
                || value.bigIntegerValue().compareTo(BigInteger.valueOf(most)) > 0) {
            violate(name, "must be an integer from 0 to " + most);
            return null;
        }
        return value.longValue();
    }

    @Nullable
    Instant optionalTimestamp(String name) {
        String value = optionalString(name);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            violate(name, "must be an ISO-8601 date and time with an offset, such as 2026-10-06T18:22:41.512Z");
            return null;
        }
    }

    /** An object that is passed on as it came. */
    @Nullable
    Map<String, @Nullable Object> optionalObject(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            violate(name, "must be an object or null");
            return null;
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        value.properties().forEach(field -> map.put(field.getKey(), field.getValue()));
        return map;
    }

    /** The fields of an optional object, or {@code null} when it is absent. */
    @Nullable
    Fields optionalFields(String name) {
        return get(name) == null ? null : object(name);
    }

    /** The raw value; {@code null} when it is absent or JSON's null. */
    @Nullable
    JsonNode get(String name) {
        JsonNode value = object == null ? null : object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Fields of a value inside this one, under a path of its own. */
    Fields inside(JsonNode value, String where) {
        return new Fields(value, path + where + ".", violations);
    }

    private void require(String name) {
        if (object != null) {
            violate(name, MISSING);
        }
    }

    // A loop, and no stream: this is asked for each text of each event.
    private static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
