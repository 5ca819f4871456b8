package dev.tidings.campaign;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A campaign as the API shows it. */
@Schema(name = "Campaign")
record CampaignView(
        String campaignID,
        String name,

        @Schema(enumeration = {"Transactional", "Marketing"})
        String category,

        @Schema(enumeration = {"ApiTriggered", "Scheduled", "IpWarmup"})
        String campaignType,

        boolean enableWebhooks,
        Instant createdAt,
        String createdBy,
        Instant modifiedAt,
        String modifiedBy,

        @Schema(description = "What is allowed and will surprise")
        List<String> warnings) {

    static CampaignView of(Campaign campaign, List<String> warnings) {
        return new CampaignView(
                campaign.campaignId,
                campaign.name,
                campaign.category,
                campaign.campaignType,
                campaign.enableWebhooks,
                campaign.createdAt,
                campaign.createdBy,
                campaign.modifiedAt,
                campaign.modifiedBy,
                warnings);
    }

    /** What a PUT sends. */
    @Schema(name = "CampaignPut")
    record Put(
            @Schema(required = true, maxLength = 255) String name,

            @Schema(
                    required = true,
                    enumeration = {"Transactional", "Marketing"})
            String category,

            @Schema(
                    required = true,
                    enumeration = {"ApiTriggered", "Scheduled", "IpWarmup"})
            String campaignType,

            @Nullable Boolean enableWebhooks) {}

    /** A page of campaigns; {@code nextCursor} is {@code null} on the last one. */
    @Schema(name = "CampaignPage")
    record Page(List<CampaignView> items, @Nullable String nextCursor) {
        static Page of(List<Campaign> found, int limit) {
            List<CampaignView> items = found.stream()
                    .limit(limit)
                    .map(campaign -> CampaignView.of(campaign, List.of()))
                    .toList();
            return new Page(
                    items,
                    found.size() > limit ? CampaignPage.cursor(items.getLast().campaignID()) : null);
        }
    }
}
