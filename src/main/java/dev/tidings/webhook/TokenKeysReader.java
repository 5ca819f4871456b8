package dev.tidings.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.web.JsonFields;
import dev.tidings.webhook.Authentication.Algorithm;
import dev.tidings.webhook.AuthenticationReader.Means;
import dev.tidings.webhook.TokenKeys.Generated;
import dev.tidings.webhook.TokenKeys.Given;
import dev.tidings.webhook.TokenKeys.Kept;
import dev.tidings.webhook.TokenKeys.Retired;
import dev.tidings.webhook.TokenKeys.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an admin wants tokens signed with: a key of his own, or pairs that Tidings makes, keeps and publishes. A key
 * that is left out stays. With {@code rotate} a new pair takes over, and with {@code overlapSeconds} the old one stays
 * published for that long; it goes on signing at first, while receivers may still hold a copy of the published keys that
 * the new one is not in.
 */
final class TokenKeysReader {
    /** Twice what {@link KeySetResource} lets its answers be kept for. */
    private static final Duration LONGEST_LEAD = PublicKeys.FRESH.multipliedBy(2);

    private static final int LONGEST_KEY = 16_384;
    private static final int LONGEST_OVERLAP =
            Math.toIntExact(Duration.ofDays(7).toSeconds());
    /** Who rotates faster than this loses the oldest. */
    private static final int MOST_RETIRED = 3;

    private final JsonFields fields;
    private final @Nullable TokenKeys stored;
    private final Means means;

    private TokenKeysReader(JsonFields fields, @Nullable TokenKeys stored, Means means) {
        this.fields = fields;
        this.stored = stored;
        this.means = means;
    }

    static TokenKeys read(JsonFields fields, @Nullable TokenKeys stored, Means means) {
        var reader = new TokenKeysReader(fields, stored, means);
        String source = Objects.requireNonNullElse(fields.optionalLine("keySource", 16), "given");
        if (!source.equals("given") && !source.equals("generated")) {
            fields.violate("keySource", "must be given or generated");
        }
        Algorithm algorithm = reader.algorithm();
        return source.equals("generated") ? reader.generated(algorithm) : reader.given(algorithm);
    }

    /** Whether reading that webhook would make an RSA pair: such a one had better be made before anybody waits for it. */
    static boolean makesRsa(JsonFields webhook, @Nullable Authentication stored) {
        JsonNode submitted = webhook.get("authentication");
        if (submitted == null || !submitted.path("keySource").asText("").equals("generated")) {
            return false;
        }
        String algorithm = submitted.path("algorithm").asText("");
        boolean hasOne = stored instanceof Authentication.Jwt jwt
                && jwt.keys() instanceof Generated kept
                && kept.current().key().algorithm().value().equals(algorithm);
        return algorithm.startsWith("RS")
                && !(hasOne && !submitted.path("rotate").asBoolean(false));
    }

    private @Nullable Algorithm algorithm() {
        String name = fields.line("algorithm", 16);
        Algorithm algorithm = name == null ? null : Algorithm.of(name).orElse(null);
        if (name != null && algorithm == null) {
            fields.violate("algorithm", "must be one of HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384, EdDSA");
        }
        return algorithm;
    }

    private TokenKeys given(@Nullable Algorithm algorithm) {
        for (String field : List.of("rotate", "overlapSeconds")) {
            if (fields.has(field)) {
                fields.violate(field, "goes with keySource generated only: otherwise send a new key");
            }
        }
        String id = fields.optionalLine("keyId", 255);
        return new Given(new TokenKey(
                algorithm == null ? Algorithm.HS256 : algorithm, algorithm == null ? "" : key(algorithm), id));
    }

    private String key(Algorithm algorithm) {
        String right = algorithm.isSymmetric() ? "secret" : "privateKey";
        String wrong = algorithm.isSymmetric() ? "privateKey" : "secret";
        if (fields.has(wrong)) {
            fields.violate(wrong, "does not go with " + algorithm + ", which takes a " + right);
        }
        String key = fields.optionalText(right, LONGEST_KEY);
        if (key == null && !fields.has(right) && stored instanceof Given old && goesWith(old.key(), algorithm)) {
            key = old.key().secret();
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

    private static boolean goesWith(TokenKey old, Algorithm algorithm) {
        return old.algorithm().isSymmetric() == algorithm.isSymmetric();
    }

    private TokenKeys generated(@Nullable Algorithm algorithm) {
        for (String field : List.of("secret", "privateKey")) {
            if (fields.has(field)) {
                fields.violate(field, "must be left out: with keySource generated Tidings makes the key");
            }
        }
        if (algorithm != null && algorithm.isSymmetric()) {
            fields.violate("algorithm", "must be " + TokenKeyMaker.ALGORITHMS + ": a shared secret can't be published");
        }
        boolean rotate = Boolean.TRUE.equals(fields.optionalBoolean("rotate"));
        Integer overlap = fields.optionalInteger("overlapSeconds", 0, LONGEST_OVERLAP);
        Generated old = stored instanceof Generated kept ? kept : null;
        String keyId = fields.optionalLine("keyId", 255);
        if (keyId != null && (old == null || !keyId.equals(old.current().key().id()))) {
            fields.violate("keyId", "must be left out: with keySource generated Tidings names the key");
        }
        if (algorithm == null || algorithm.isSymmetric()) {
            return new Given(new TokenKey(Algorithm.HS256, "", null)); // There is a violation: it goes nowhere.
        }
        return old != null && !rotate && old.current().key().algorithm() == algorithm
                ? kept(old, overlap)
                : rotated(old, algorithm, overlap == null ? 0 : overlap);
    }

    /** A zero ends what overlaps now; nothing leaves it as it is. */
    private Generated kept(Generated old, @Nullable Integer overlap) {
        return new Generated(old.current(), overlap != null && overlap == 0 ? List.of() : old.overlap(means.now()));
    }

    private Generated rotated(@Nullable Generated old, Algorithm algorithm, int overlapSeconds) {
        Instant now = means.now();
        if (old == null || overlapSeconds == 0) {
            return new Generated(means.maker().make(algorithm, now), List.of());
        }
        Duration half = Duration.ofSeconds(overlapSeconds).dividedBy(2);
        Kept fresh = means.maker().make(algorithm, now.plus(half.compareTo(LONGEST_LEAD) < 0 ? half : LONGEST_LEAD));
        List<Retired> retired = new ArrayList<>();
        retired.add(new Retired(old.current(), now.plusSeconds(overlapSeconds)));
        retired.addAll(old.overlap(now));
        return new Generated(fresh, retired.subList(0, Math.min(retired.size(), MOST_RETIRED)));
    }
}
