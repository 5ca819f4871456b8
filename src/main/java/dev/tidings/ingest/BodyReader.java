package dev.tidings.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidings.web.ProblemException;
import dev.tidings.web.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a request's body into its members and reads each. */
final class BodyReader {
    /** Numbers keep all their digits, a document is one value, and a key stands in an object once. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final int maxEvents;

    BodyReader(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    /** One event (an object) or many (an array); what is not JSON is a 400 as a whole. */
    List<Decoded> json(byte[] body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw ProblemException.malformed("The body is not JSON: " + where(e));
        } catch (IOException e) {
            throw ProblemException.malformed("The body is not JSON");
        }
        if (json.isMissingNode()) {
            throw ProblemException.malformed("The body is empty: send a feedback event, or an array of them");
        }
        if (!json.isArray()) {
            return List.of(EventDecoder.decode(json));
        }
        limit(json.size());
        List<Decoded> members = new ArrayList<>(json.size());
        json.forEach(member -> members.add(EventDecoder.decode(member)));
        return members;
    }

    /** One event a line; a line that is not JSON is its own fault only. Empty lines are passed over. */
    List<Decoded> lines(byte[] body) {
        List<byte[]> lines = cut(body);
        limit(lines.size());
        return lines.stream().map(BodyReader::line).toList();
    }

    private static Decoded line(byte[] line) {
        try {
            return EventDecoder.decode(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return new Decoded.Bad(null, List.of(new Violation("", "The line is not JSON: " + where(e))));
        } catch (IOException e) {
            return new Decoded.Bad(null, List.of(new Violation("", "The line is not JSON")));
        }
    }

    private static List<byte[]> cut(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                byte[] line = Arrays.copyOfRange(body, from, i);
                if (!isBlank(line)) {
                    lines.add(line);
                }
                from = i + 1;
            }
        }
        return lines;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private void limit(int events) {
        if (events == 0) {
            throw ProblemException.invalid(List.of(new Violation("", "The request holds no event: send at least one")));
        }
        if (events > maxEvents) {
            throw ProblemException.tooLarge("The request holds " + events + " events, and at most " + maxEvents
                    + " are taken at once: send them in several requests");
        }
    }

    /** Line and column, in the parser's words, without the source that it quotes. */
    private static String where(JsonProcessingException e) {
        var location = e.getLocation();
        String place =
                location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return e.getOriginalMessage() + place;
    }
}
