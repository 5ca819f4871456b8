package dev.tidings.campaign;

import dev.tidings.web.PageQuery;
import dev.tidings.web.ProblemException;
import dev.tidings.web.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which page of the campaigns is wanted. A campaign's id is the platform's word, so the cursor wraps that. */
final class CampaignPage {
    private CampaignPage() {}

    static int limit(@Nullable String limit) {
        return PageQuery.of(limit, null).limit();
    }

    /** The id after which the page begins; empty: at the begin. */
    static String after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return "";
        }
        try {
            String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (id.chars().noneMatch(Character::isISOControl)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: as wrong as any other word that was not ours.
        }
        throw ProblemException.invalid(
                List.of(new Violation("cursor", "must be the nextCursor of an earlier page, unchanged")));
    }

    static String cursor(String lastId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(lastId.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable Boolean flag(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw ProblemException.invalid(List.of(new Violation("enableWebhooks", "must be true or false")));
        }
        return Boolean.valueOf(value);
    }
}
