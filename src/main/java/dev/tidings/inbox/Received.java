package dev.tidings.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request that came in.
 *
 * @param path with the query, as it was asked for
 * @param headers by their names as sent; most have one value
 * @param body not copied, not changed
 */
record Received(Instant receivedAt, String method, String path, Map<String, List<String>> headers, byte[] body) {

    /** The body as text; bytes that are not UTF-8 are shown one to a character, so that nothing is lost to the eye. */
    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    /** For the log: as it would look on the wire. What could move a terminal's cursor is shown as a question mark. */
    String readable() {
        StringBuilder lines = new StringBuilder(method).append(' ').append(path).append('\n');
        headers.forEach((name, values) -> values.forEach(
                value -> lines.append(name).append(": ").append(value).append('\n')));
        return lines.append('\n').append(text()).toString().replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }
}
