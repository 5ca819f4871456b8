package dev.tidings.campaign;

/** A campaign's id is unique within its organization + sandbox. Hibernate makes these; the names are the entity's. */
public record CampaignKey(String imsOrg, String sandboxName, String campaignId) {}
