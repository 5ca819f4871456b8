package dev.tidings.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as the inbox shows it.
 *
 * @param headers one value as a text, several as a list
 * @param body the very text that came, set in as JSON when it is JSON: key order, {@code null}s and numbers as sent
 */
record ShownRequest(Instant receivedAt, String method, String path, Map<String, Object> headers, Object body) {
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    static ShownRequest of(Received received) {
        Map<String, Object> headers = new LinkedHashMap<>();
        received.headers().forEach((name, values) -> headers.put(name, oneOrAll(values)));
        return new ShownRequest(
                received.receivedAt(), received.method(), received.path(), headers, body(received.text()));
    }

    private static Object oneOrAll(List<String> values) {
        return values.size() == 1 ? values.getFirst() : values;
    }

    private static Object body(String text) {
        try {
            return STRICT.readTree(text).isMissingNode() ? text : new RawValue(text);
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
