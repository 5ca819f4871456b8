package dev.tidings.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads JSON that somebody sent: one value, its numbers with all their digits, each key once in its object. */
public final class StrictJson {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    /** Where an object began that does not end: the parser tells it with its own settings. */
    private static final Pattern START_MARKER = Pattern.compile("\\s*\\(start marker at .*\\]\\)");

    /** A word out of the body, which may be a secret without its quotes. */
    private static final Pattern TOKEN = Pattern.compile("(Unrecognized token) '.*'", Pattern.DOTALL);

    /** What was sent is not JSON; the message says why in words for its sender, and repeats nothing of it. */
    public static final class NotJsonException extends Exception {
        private static final long serialVersionUID = 1L;

        private NotJsonException(String fault, Exception cause) {
            super(fault, cause);
        }

        /** Why it is not JSON. */
        public String fault() {
            return String.valueOf(getMessage());
        }
    }

    private StrictJson() {}

    /** The value in those bytes, which are UTF-8; a missing node when there are none. */
    public static JsonNode read(byte[] json) throws NotJsonException {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new NotJsonException(fault(e), e);
        } catch (IOException e) {
            throw new NotJsonException("it is not UTF-8", e);
        } catch (NumberFormatException e) { // beyond what BigDecimal holds
            throw new NotJsonException("it holds a number whose exponent is too long", e);
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
