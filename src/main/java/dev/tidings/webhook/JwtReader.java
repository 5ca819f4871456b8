package dev.tidings.webhook;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.web.JsonFields;
import dev.tidings.webhook.Authentication.Carrier;
import dev.tidings.webhook.Authentication.Jwt;
import dev.tidings.webhook.AuthenticationReader.Means;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how an admin wants tokens minted. */
final class JwtReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_TTL = 300;
    private static final int LONGEST_TTL = 86_400;
    private static final Set<String> OWN_CLAIMS = Set.of("iat", "exp", "nbf", "jti");

    private final JsonFields fields;

    private JwtReader(JsonFields fields) {
        this.fields = fields;
    }

    static Jwt read(JsonFields fields, Authentication stored, Means means) {
        var reader = new JwtReader(fields);
        TokenKeys keys = TokenKeysReader.read(fields, stored instanceof Jwt old ? old.keys() : null, means);
        Map<String, Object> claims = reader.claims();
        Integer ttl = fields.optionalInteger("ttlSeconds", 1, LONGEST_TTL);
        return new Jwt(
                keys,
                claims,
                Duration.ofSeconds(ttl == null ? USUAL_TTL : ttl),
                new Carrier(reader.headerName(), reader.prefix()),
                reader.bodyHashClaim(claims));
    }

    private Map<String, Object> claims() {
        JsonNode claims = fields.get("claims");
        if (claims == null) {
            return Map.of();
        }
        if (!claims.isObject()) {
            fields.violate("claims", "must be a JSON object");
            return Map.of();
        }
        String violation = ClaimRules.violation(claims);
        if (violation != null) {
            fields.violate("claims", violation);
        }
        for (String own : OWN_CLAIMS) {
            if (claims.has(own)) {
                fields.violate("claims." + own, "is added by Tidings: leave it out");
            }
        }
        return JSON.convertValue(claims, new TypeReference<>() {});
    }

    private String headerName() {
        String name = Objects.requireNonNullElse(fields.optionalLine("headerName", 255), Authentication.AUTHORIZATION);
        if (!HeaderRules.isToken(name)) {
            fields.violate("headerName", "must be letters, digits or any of !#$%&'*+-.^_`|~");
        } else if (HeaderRules.nameViolation(name) != null) {
            fields.violate("headerName", String.valueOf(HeaderRules.nameViolation(name)));
        }
        return name;
    }

    private String prefix() {
        String prefix = Objects.requireNonNullElse(fields.optionalLine("prefix", 64), "Bearer ");
        if (HeaderRules.valueViolation(prefix) != null) {
            fields.violate("prefix", "must be visible ASCII characters and spaces");
        }
        return prefix;
    }

    private @Nullable String bodyHashClaim(Map<String, Object> claims) {
        if (!fields.has("bodyHashClaim")) {
            return null;
        }
        String name = fields.line("bodyHashClaim", 64);
        if (name != null && (OWN_CLAIMS.contains(name) || claims.containsKey(name))) {
            fields.violate("bodyHashClaim", "must not be " + name + ": there is a claim of that name");
        }
        return name;
    }
}
