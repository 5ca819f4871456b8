package dev.tidings.webhook;

import dev.tidings.web.JsonFields;
import dev.tidings.webhook.Signing.Keys;
import dev.tidings.webhook.Signing.Retired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads how an admin wants requests signed. A secret that is left out stays; a new one takes over at once, and with
 * {@code overlapSeconds} the old one goes on signing beside it for that long.
 */
final class SigningReader {
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String PREFIX = "whsec_";
    private static final int LONGEST_OVERLAP =
            Math.toIntExact(Duration.ofDays(7).toSeconds());
    /** Each is one signature more in a header; who rotates faster than this loses the oldest. */
    private static final int MOST_RETIRED = 3;

    private final JsonFields fields;
    private final @Nullable Keys stored;
    private final Instant now;

    private SigningReader(JsonFields fields, @Nullable Keys stored, Instant now) {
        this.fields = fields;
        this.stored = stored;
        this.now = now;
    }

    /** @param submitted {@code null}: nothing was, which is no signature */
    static Signing read(@Nullable JsonFields submitted, Signing stored, Instant now) {
        String type = submitted == null ? "none" : submitted.line("type", 64);
        if (submitted == null || type == null || type.equals("none")) {
            return new Signing.None();
        }
        return new SigningReader(submitted, stored instanceof Keys keys ? keys : null, now).signing(type);
    }

    private Signing signing(String type) {
        SigningKey key = switch (type) {
            case SigningKey.HmacSha256.TYPE -> hmac();
            case SigningKey.Ed25519.TYPE -> ed25519();
            default -> {
                fields.violate("type", "must be none, hmac-sha256 or ed25519");
                yield null;
            }
        };
        Integer overlap = fields.optionalInteger("overlapSeconds", 0, LONGEST_OVERLAP);
        return key == null ? new Signing.None() : new Keys(key, retired(key, overlap));
    }

    private @Nullable SigningKey hmac() {
        if (fields.has("rotate")) {
            fields.violate("rotate", "goes with ed25519 only: with hmac-sha256 send a new secret");
        }
        String secret = fields.optionalLine("secret", 256);
        if (secret == null && !fields.has("secret") && current() instanceof SigningKey.HmacSha256 kept) {
            return kept;
        }
        if (secret == null || !isSecret(secret)) {
            fields.violate("secret", "must be whsec_ and the Base64 of 24 to 64 random bytes");
            return null;
        }
        return new SigningKey.HmacSha256(secret);
    }

    /** Without a secret Tidings makes the key, so that the private half never leaves it. */
    private @Nullable SigningKey ed25519() {
        boolean rotate = Boolean.TRUE.equals(fields.optionalBoolean("rotate"));
        if (!fields.has("secret")) {
            return !rotate && current() instanceof SigningKey.Ed25519 kept ? kept : Ed25519Keys.generate();
        }
        if (rotate) {
            fields.violate("rotate", "makes a new key: leave secret out, or this");
        }
        String secret = fields.optionalLine("secret", 256);
        SigningKey key = secret == null ? null : Ed25519Keys.read(secret);
        if (key == null) {
            fields.violate("secret", "must be whsk_ and the Base64 of an Ed25519 key, or left out for a fresh one");
        }
        return key;
    }

    /** A zero ends what overlaps now; nothing leaves it as it is. */
    private List<Retired> retired(SigningKey key, @Nullable Integer overlap) {
        if (stored == null || (overlap != null && overlap == 0)) {
            return List.of();
        }
        boolean changed = !key.equals(stored.current());
        if (changed && overlap == null) {
            return List.of();
        }
        List<Retired> retired = new ArrayList<>();
        if (changed && overlap != null) {
            retired.add(new Retired(stored.current(), now.plusSeconds(overlap)));
        }
        stored.overlap(now).stream().filter(old -> !old.key().equals(key)).forEach(retired::add);
        return retired.subList(0, Math.min(retired.size(), MOST_RETIRED));
    }

    private @Nullable SigningKey current() {
        return stored == null ? null : stored.current();
    }

    private static boolean isSecret(String secret) {
        try {
            int bytes = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length())).length
                    : 0;
            return bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
