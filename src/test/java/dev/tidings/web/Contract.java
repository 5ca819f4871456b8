package dev.tidings.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of an API's description others rely on, and where another description breaks it: something is gone or has become
 * something else, or a request must have what it need not have had. Words for people are not looked at.
 */
final class Contract {
    private static final Set<String> WORDS =
            Set.of("description", "summary", "title", "example", "examples", "info", "tags", "x-internal");

    private final JsonNode promised;
    private final JsonNode given;
    private final List<String> breaks = new ArrayList<>();

    private Contract(JsonNode promised, JsonNode given) {
        this.promised = promised;
        this.given = given;
    }

    /** Each break, as a sentence that begins with its place. */
    static List<String> breaks(JsonNode promised, JsonNode given) {
        var contract = new Contract(promised, given);
        contract.holds("", promised, given);
        contract.asksForNoMore();
        return contract.breaks;
    }

    private void holds(String place, JsonNode old, JsonNode now) {
        if (old.isObject()) {
            for (Map.Entry<String, JsonNode> member : old.properties()) {
                String key = member.getKey();
                // Requests are looked at in asksForNoMore: there, less is no break.
                if (!WORDS.contains(key) && !key.equals("required")) {
                    member(place + "/" + key, member.getValue(), now.path(key));
                }
            }
        } else if (old.isArray()) {
            for (JsonNode one : old) {
                if (!hasEqual(one, now)) {
                    breaks.add(place + ": " + name(one) + " is gone, or is another");
                }
            }
        } else if (!old.equals(now)) {
            breaks.add(place + ": was " + old + ", is " + now);
        }
    }

    private void member(String place, JsonNode old, JsonNode now) {
        if (now.isMissingNode()) {
            breaks.add(place + ": is gone");
        } else {
            holds(place, old, now);
        }
    }

    private static boolean hasEqual(JsonNode one, JsonNode all) {
        for (JsonNode candidate : all) {
            boolean same = one.has("name") ? one.path("name").equals(candidate.path("name")) : one.equals(candidate);
            if (same && breaks(one, candidate).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static String name(JsonNode one) {
        return one.has("name") ? one.path("name").asText() : one.toString();
    }

    private void asksForNoMore() {
        for (Map.Entry<String, JsonNode> path : promised.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                JsonNode now = given.path("paths").path(path.getKey()).path(verb.getKey());
                String place = "/paths" + path.getKey() + "/" + verb.getKey();
                more(place + "/parameters", requiredParameters(verb.getValue()), requiredParameters(now));
                more(place + "/requestBody", requiredFields(promised, verb.getValue()), requiredFields(given, now));
            }
        }
    }

    private void more(String place, Set<String> old, Set<String> now) {
        Set<String> added = new HashSet<>(now);
        added.removeAll(old);
        added.forEach(name -> breaks.add(place + ": " + name + " has become required"));
    }

    private static Set<String> requiredParameters(JsonNode operation) {
        Set<String> names = new HashSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("required").asBoolean()) {
                names.add(parameter.path("name").asText());
            }
        }
        return names;
    }

    private static Set<String> requiredFields(JsonNode document, JsonNode operation) {
        Set<String> names = new HashSet<>();
        for (JsonNode content : operation.path("requestBody").path("content")) {
            JsonNode schema = content.path("schema");
            if (schema.has("$ref")) {
                schema = document.at(schema.path("$ref").asText().substring(1));
            }
            schema.path("required").forEach(name -> names.add(name.asText()));
        }
        return names;
    }
}
