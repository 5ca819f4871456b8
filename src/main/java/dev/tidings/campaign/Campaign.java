package dev.tidings.campaign;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;

/** A campaign that the platform registered, with its switch. Its rules: migration V001. */
@Entity
@IdClass(CampaignKey.class)
@SuppressWarnings("NullAway.Init") // Hibernate sets the fields.
public class Campaign extends PanacheEntityBase {
    @Id
    @Column(name = "ims_org", columnDefinition = "text")
    public String imsOrg;

    @Id
    @Column(name = "sandbox_name", columnDefinition = "text")
    public String sandboxName;

    @Id
    @Column(name = "campaign_id", columnDefinition = "text")
    public String campaignId;

    @Column(columnDefinition = "text")
    public String name;

    @Column(columnDefinition = "text")
    public String category;

    @Column(name = "campaign_type", columnDefinition = "text")
    public String campaignType;

    @Column(name = "enable_webhooks")
    public boolean enableWebhooks;

    @Column(name = "created_at", updatable = false)
    public Instant createdAt;

    @Column(name = "created_by", columnDefinition = "text", updatable = false)
    public String createdBy;

    @Column(name = "modified_at")
    public Instant modifiedAt;

    @Column(name = "modified_by", columnDefinition = "text")
    public String modifiedBy;
}
