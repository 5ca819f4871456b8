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

        @Schema(description = "What is allowed and may surprise; always empty in lists")
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

    /** What a PUT sends: for the API's description only, since {@link CampaignDraft} reads it. */
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

            @Schema(description = "Left out: as it is; off at first") @Nullable
            Boolean enableWebhooks) {}
}
