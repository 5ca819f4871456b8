package dev.tidings.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads a request's body by hand, so that everything that is wrong with it can be told at once, with its place. */
public final class JsonBody {
    /** Numbers keep all their digits, a document is one value, and a key stands in an object once. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    /** Where an object began that does not end: the parser tells it with its own settings. */
    private static final Pattern START_MARKER = Pattern.compile("\\s*\\(start marker at .*\\]\\)");

    /** A word out of the body, which may be a secret without its quotes. */
    private static final Pattern TOKEN = Pattern.compile("(Unrecognized token) '.*'", Pattern.DOTALL);

    private JsonBody() {}

    /** The fields of that JSON object: 400 when it is not JSON, 422 when it is something else than an object. */
    public static JsonFields read(byte[] body) {
        JsonNode json = parse(body);
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

    private static JsonNode parse(byte[] body) {
        try {
            return READER.readTree(body);
        } catch (JsonProcessingException e) {
            throw ProblemException.malformed("The body is not JSON: " + fault(e));
        } catch (IOException e) {
            throw ProblemException.malformed("The body is not JSON: it is not UTF-8");
        }
    }

    /** The parser's words with line and column, without the source that it quotes and the names that are its own. */
    static String fault(JsonProcessingException e) {
        var place = e.getLocation();
        String what = what(e);
        return place == null ? what : what + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    private static String what(JsonProcessingException e) {
        return switch (e) {
            case StreamConstraintsException tooMuch ->
                "it is nested too deeply, or holds a number or name that is too long";
            case MismatchedInputException trailing -> "something follows after its end";
            default ->
                TOKEN.matcher(START_MARKER.matcher(e.getOriginalMessage()).replaceAll(""))
                        .replaceAll("$1");
        };
    }
}
