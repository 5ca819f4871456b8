package dev.tidings.campaign;

/** Where a campaign stands when an event of it comes in. */
public enum CampaignStanding {
    /** Nobody registered it in this sandbox. */
    UNKNOWN,
    /** Registered, webhooks off. */
    NOT_ENABLED,
    /** Registered, webhooks on. */
    ENABLED
}
