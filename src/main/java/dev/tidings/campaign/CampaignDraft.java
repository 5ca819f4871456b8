package dev.tidings.campaign;

import dev.tidings.web.JsonFields;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a PUT asks for, checked as far as it can be without the stored campaign.
 *
 * @param enableWebhooks {@code null}: as it is, off at first
 */
record CampaignDraft(
        CampaignKey key,
        String name,
        String category,
        String campaignType,
        @Nullable Boolean enableWebhooks) {

    /** The rule of the toggle, in the words that callers get. */
    static final String ELIGIBLE_ONLY = "can be true only for transactional API-triggered campaigns (category"
            + " Transactional, campaignType ApiTriggered): send false, or change these";

    private static final List<String> CATEGORIES = List.of("Transactional", "Marketing");
    private static final List<String> TYPES = List.of("ApiTriggered", "Scheduled", "IpWarmup");

    /** 422 that names everything that is wrong, the id in the path included. */
    static CampaignDraft read(CampaignKey key, JsonFields body) {
        if (!CampaignKey.isPossibleId(key.campaignId())) {
            body.violate("campaignID", "must be 1 to 64 visible ASCII characters");
        }
        String name = body.line("name", 255);
        String category = word(body, "category", CATEGORIES);
        String type = word(body, "campaignType", TYPES);
        Boolean enable = body.optionalBoolean("enableWebhooks");
        if (category != null && type != null && Boolean.TRUE.equals(enable) && !isEligible(category, type)) {
            body.violate("enableWebhooks", ELIGIBLE_ONLY);
        }
        body.check();
        return new CampaignDraft(
                key,
                Objects.requireNonNull(name),
                Objects.requireNonNull(category),
                Objects.requireNonNull(type),
                enable);
    }

    /** Whether webhooks may be on for a campaign of this kind. */
    boolean isEligible() {
        return isEligible(category, campaignType);
    }

    private static boolean isEligible(String category, String type) {
        return category.equals("Transactional") && type.equals("ApiTriggered");
    }

    private static @Nullable String word(JsonFields body, String field, List<String> known) {
        String word = body.line(field, 255);
        if (word == null || known.contains(word)) {
            return word;
        }
        body.violate(field, "must be one of " + String.join(", ", known));
        return null;
    }
}
