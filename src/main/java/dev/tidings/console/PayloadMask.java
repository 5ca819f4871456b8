package dev.tidings.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidings.feedback.Masked;
import java.util.Map;

/** A payload for whoever may see what became of a message, and not whose it was. */
final class PayloadMask {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private PayloadMask() {}

    /** The payload with every identity masked, and every address in any other text. */
    static String masked(String payload) {
        try {
            JsonNode tree = JSON.readTree(payload);
            maskIdentities(tree.path("identityMap"));
            maskTexts(tree);
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored payload is JSON", e);
        }
    }

    private static void maskIdentities(JsonNode identityMap) {
        for (JsonNode identities : identityMap) {
            for (JsonNode identity : identities) {
                if (identity instanceof ObjectNode one && one.path("id").isTextual()) {
                    one.put("id", Masked.address(one.path("id").textValue()));
                }
            }
        }
    }

    private static void maskTexts(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getValue().isTextual()) {
                    field.setValue(masked(field.getValue()));
                }
                maskTexts(field.getValue());
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, masked(array.get(i)));
                }
                maskTexts(array.get(i));
            }
        }
    }

    private static JsonNode masked(JsonNode text) {
        return TextNode.valueOf(Masked.text(text.textValue()));
    }
}
