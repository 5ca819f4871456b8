package dev.tidings.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.web.JsonFields;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a token's claims may hold: what can be stored, and signed. */
final class ClaimRules {
    private static final int MOST_BYTES = 8_192;
    /** A double's range, about: beyond it no receiver can read a number, and PostgreSQL's jsonb does not store it. */
    private static final int MOST_DIGITS = 308;

    private ClaimRules() {}

    /** What is wrong with those claims; {@code null}: nothing. */
    static @Nullable String violation(JsonNode claims) {
        String text = claims.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return "must have at most 8,192 bytes";
        }
        if (!JsonFields.isStorable(text) || text.contains("\\u0000")) {
            return "must not contain NUL or half a surrogate pair";
        }
        return violationWithin(claims);
    }

    private static @Nullable String violationWithin(JsonNode value) {
        if (value.isNull()) {
            return "must not hold null: leave such a claim out";
        }
        if (value.isNumber() && !isOrdinary(value)) {
            return "must not hold a number beyond a double's range";
        }
        for (JsonNode member : value) {
            String violation = violationWithin(member);
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    /** By precision and scale alone: to write such a number out could take all memory. */
    private static boolean isOrdinary(JsonNode number) {
        var decimal = number.decimalValue();
        long wholeDigits = (long) decimal.precision() - decimal.scale();
        return Math.abs(wholeDigits) <= MOST_DIGITS && Math.abs((long) decimal.scale()) <= MOST_DIGITS;
    }
}
