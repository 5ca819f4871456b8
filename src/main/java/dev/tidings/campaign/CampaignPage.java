package dev.tidings.campaign;

import dev.tidings.web.PageQuery;
import dev.tidings.web.ProblemException;
import dev.tidings.web.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns, by id.
 *
 * @param nextCursor wraps the last id; {@code null} on the last page
 */
@Schema(name = "CampaignPage")
record CampaignPage(
        List<CampaignView> items,

        @Schema(description = "For the page after this one; null on the last") @Nullable
        String nextCursor) {

    /** The page of what was found, which is one more than {@code limit} where another follows. */
    static CampaignPage of(List<Campaign> found, int limit) {
        List<CampaignView> items = found.stream()
                .limit(limit)
                .map(campaign -> CampaignView.of(campaign, List.of()))
                .toList();
        return new CampaignPage(
                items, found.size() > limit ? cursor(items.getLast().campaignID()) : null);
    }

    static int limit(@Nullable String limit) {
        return PageQuery.of(limit, null).limit();
    }

    /** The id after which the page begins; empty: at the begin. */
    static String after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return "";
        }
        try {
            String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (CampaignKey.isPossibleId(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: as wrong as any other word that was not ours.
        }
        throw invalid("cursor", "must be the nextCursor of an earlier page, unchanged");
    }

    /** The filter; {@code null}: both. */
    static @Nullable Boolean enabled(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw invalid("enableWebhooks", "must be true or false");
        }
        return Boolean.valueOf(value);
    }

    private static String cursor(String lastId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(lastId.getBytes(StandardCharsets.US_ASCII));
    }

    private static ProblemException invalid(String parameter, String message) {
        return ProblemException.invalid(List.of(new Violation(parameter, message)));
    }
}
