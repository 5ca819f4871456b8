package dev.tidings.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.webhook.Authentication.Algorithm;
import dev.tidings.webhook.Authentication.Carrier;
import dev.tidings.webhook.TokenKeys.Given;
import dev.tidings.webhook.TokenKeys.TokenKey;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Between an authentication and what is stored of it: a JSON object with what anybody may read, and a text with what
 * nobody may.
 */
final class AuthenticationColumn {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GENERATED = "generated";

    private AuthenticationColumn() {}

    /** What of it is not secret. */
    static String write(Authentication authentication) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        switch (authentication) {
            case Authentication.None none -> map.put("type", "none");
            case Authentication.Basic basic -> {
                map.put("type", "basic");
                map.put("username", basic.username());
            }
            case Authentication.OAuth2 oauth2 -> write(oauth2, map);
            case Authentication.Jwt jwt -> write(jwt, map);
        }
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("validated settings always can be written", e);
        }
    }

    private static void write(Authentication.OAuth2 oauth2, Map<String, @Nullable Object> map) {
        map.put("type", "oauth2");
        map.put("tokenUrl", oauth2.tokenUrl().toString());
        map.put("clientId", oauth2.client().id());
        map.put("inBody", oauth2.client().inBody());
        map.put("scope", oauth2.scope());
        map.put("audience", oauth2.audience());
    }

    private static void write(Authentication.Jwt jwt, Map<String, @Nullable Object> map) {
        map.put("type", "jwt");
        switch (jwt.keys()) {
            case Given given -> {
                map.put("algorithm", given.key().algorithm().value());
                map.put("keyId", given.key().id());
            }
            case TokenKeys.Generated generated -> map.put("keySource", GENERATED);
        }
        map.put("claims", jwt.claims());
        map.put("ttlSeconds", jwt.lifetime().toSeconds());
        map.put("headerName", jwt.carrier().headerName());
        map.put("prefix", jwt.carrier().prefix());
        map.put("bodyHashClaim", jwt.bodyHashClaim());
    }

    /** What of it is secret. */
    static @Nullable String secret(Authentication authentication) {
        return switch (authentication) {
            case Authentication.None none -> null;
            case Authentication.Basic basic -> basic.password();
            case Authentication.OAuth2 oauth2 -> oauth2.client().secret();
            case Authentication.Jwt jwt ->
                switch (jwt.keys()) {
                    case Given given -> given.key().secret();
                    case TokenKeys.Generated generated -> TokenKeysColumn.write(generated);
                };
        };
    }

    static Authentication read(String text, @Nullable String secret) {
        Map<String, Object> map = parse(text);
        String type = string(map, "type");
        if (type.equals("none") || secret == null) {
            return new Authentication.None();
        }
        return switch (type) {
            case "basic" -> new Authentication.Basic(string(map, "username"), secret);
            case "oauth2" -> oauth2(map, secret);
            case "jwt" -> jwt(map, secret);
            default -> throw new IllegalStateException("an authentication of a type that is not known: " + type);
        };
    }

    private static Authentication oauth2(Map<String, Object> map, String secret) {
        return new Authentication.OAuth2(
                URI.create(string(map, "tokenUrl")),
                new Authentication.Client(string(map, "clientId"), secret, Boolean.TRUE.equals(map.get("inBody"))),
                (String) map.get("scope"),
                (String) map.get("audience"));
    }

    @SuppressWarnings("unchecked") // It is a JSON object, and was written here.
    private static Authentication jwt(Map<String, Object> map, String secret) {
        TokenKeys keys = GENERATED.equals(map.get("keySource"))
                ? TokenKeysColumn.read(secret)
                : new Given(new TokenKey(
                        Algorithm.of(string(map, "algorithm")).orElseThrow(), secret, (String) map.get("keyId")));
        return new Authentication.Jwt(
                keys,
                (Map<String, Object>) Objects.requireNonNull(map.get("claims")),
                Duration.ofSeconds(((Number) Objects.requireNonNull(map.get("ttlSeconds"))).longValue()),
                new Carrier(string(map, "headerName"), string(map, "prefix")),
                (String) map.get("bodyHashClaim"));
    }

    private static String string(Map<String, Object> map, String key) {
        return (String) Objects.requireNonNull(map.get(key), key);
    }

    private static Map<String, Object> parse(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a webhook's column holds what was not written here", e);
        }
    }
}
