package dev.tidings.webhook;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.web.JsonFields;
import dev.tidings.webhook.Authentication.Algorithm;
import dev.tidings.webhook.Authentication.Jwt;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the authentication that an admin submits; a key that is left out stays as it is stored. */
final class AuthenticationReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_KEY = 16_384;
    private static final int USUAL_TTL = 300;
    private static final int LONGEST_TTL = 86_400;
    private static final Set<String> OWN_CLAIMS = Set.of("iat", "exp", "nbf", "jti");

    private final JsonFields fields;
    private final Authentication stored;

    private AuthenticationReader(JsonFields fields, Authentication stored) {
        this.fields = fields;
        this.stored = stored;
    }

    /** @param submitted {@code null}: none was, which is no authentication */
    static Authentication read(@Nullable JsonFields submitted, Authentication stored) {
        if (submitted == null) {
            return new Authentication.None();
        }
        String type = submitted.line("type", 64);
        if ("jwt".equals(type)) {
            return new AuthenticationReader(submitted, stored).jwt();
        }
        if (type != null && !type.equals("none")) {
            submitted.violate("type", "must be none or jwt");
        }
        return new Authentication.None();
    }

    private Jwt jwt() {
        Algorithm algorithm = algorithm();
        Integer ttl = fields.optionalInteger("ttlSeconds", 1, LONGEST_TTL);
        return new Jwt(
                algorithm == null ? Algorithm.HS256 : algorithm,
                algorithm == null ? "" : key(algorithm),
                claims(),
                Duration.ofSeconds(ttl == null ? USUAL_TTL : ttl),
                fields.optionalLine("keyId", 255),
                headerName(),
                prefix());
    }

    private @Nullable Algorithm algorithm() {
        String name = fields.line("algorithm", 16);
        Algorithm algorithm = name == null ? null : Algorithm.of(name).orElse(null);
        if (name != null && algorithm == null) {
            fields.violate("algorithm", "must be one of HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384");
        }
        return algorithm;
    }

    private String key(Algorithm algorithm) {
        String right = algorithm.isSymmetric() ? "secret" : "privateKey";
        String wrong = algorithm.isSymmetric() ? "privateKey" : "secret";
        if (fields.has(wrong)) {
            fields.violate(wrong, "does not go with " + algorithm + ", which takes a " + right);
        }
        String key = fields.optionalText(right, LONGEST_KEY);
        boolean mayKeep = stored instanceof Jwt old && old.algorithm().isSymmetric() == algorithm.isSymmetric();
        if (key == null && !fields.has(right) && mayKeep) {
            key = ((Jwt) stored).key();
        } else if (key == null && !fields.has(right)) {
            fields.violate(right, "is required for " + algorithm);
        }
        if (key != null) {
            String violation = algorithm.isSymmetric()
                    ? KeyRules.secretViolation(algorithm, key)
                    : KeyRules.privateKeyViolation(algorithm, key);
            if (violation != null) {
                fields.violate(right, violation);
            }
        }
        return Objects.requireNonNullElse(key, "");
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
        String name = Objects.requireNonNullElse(fields.optionalLine("headerName", 255), "Authorization");
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
}
