package dev.tidings.campaign;

import dev.tidings.feedback.Tenant;
import dev.tidings.feedback.VisibleAscii;

/** A campaign's id is unique within its organization + sandbox. Hibernate makes these; the names are the entity's. */
public record CampaignKey(String imsOrg, String sandboxName, String campaignId) {

    static CampaignKey of(Tenant tenant, String campaignId) {
        return new CampaignKey(tenant.imsOrg(), tenant.sandboxName(), campaignId);
    }

    /** An id is the platform's, opaque; no campaign was ever registered under one that does not look like this. */
    static boolean isPossibleId(String campaignId) {
        return campaignId.length() <= 64 && VisibleAscii.is(campaignId);
    }
}
