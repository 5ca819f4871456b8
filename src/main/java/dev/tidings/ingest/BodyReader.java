package dev.tidings.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.web.JsonBody;
import dev.tidings.web.ProblemException;
import dev.tidings.web.StrictJson;
import dev.tidings.web.StrictJson.NotJsonException;
import dev.tidings.web.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a request's body into its members and reads each. */
final class BodyReader {
    private final int maxEvents;

    BodyReader(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    /** One event (an object) or many (an array); what is not JSON is a 400 as a whole. */
    List<Decoded> json(byte[] body) {
        JsonNode json = JsonBody.tree(body);
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
            return EventDecoder.decode(StrictJson.read(line));
        } catch (NotJsonException e) {
            return new Decoded.Bad(null, List.of(new Violation("", "The line is not JSON: " + e.fault())));
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
}
