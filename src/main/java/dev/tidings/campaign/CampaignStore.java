package dev.tidings.campaign;

import dev.tidings.feedback.Tenant;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Campaigns in the database. */
@ApplicationScoped
class CampaignStore {

    private static final String HAS_WEBHOOK = """
            SELECT EXISTS (SELECT FROM webhook WHERE ims_org = $1 AND sandbox_name = $2)
            """;

    private final Pool pool;

    CampaignStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * What a PUT asks for.
     *
     * @param enableWebhooks {@code null}: as it is, off at first
     */
    record Change(
            Tenant tenant,
            String campaignId,
            String name,
            String category,
            String campaignType,
            @Nullable Boolean enableWebhooks) {

        /** Only transactional API-triggered campaigns may have webhooks. */
        boolean mayEnable() {
            return category.equals("Transactional") && campaignType.equals("ApiTriggered");
        }
    }

    /** Fails with {@link NotEnableable} when the switch would be on for a campaign that must not have it. */
    @WithTransaction
    Uni<Campaign> put(Change change, Instant now, String user) {
        return one(change.tenant, change.campaignId, LockModeType.PESSIMISTIC_WRITE)
                .map(found -> found == null ? created(change, now, user) : found)
                .invoke(campaign -> apply(change, campaign, now, user))
                .flatMap(campaign -> campaign.persistAndFlush());
    }

    private static Campaign created(Change change, Instant now, String user) {
        var campaign = new Campaign();
        campaign.imsOrg = change.tenant.imsOrg();
        campaign.sandboxName = change.tenant.sandboxName();
        campaign.campaignId = change.campaignId;
        campaign.createdAt = now;
        campaign.createdBy = user;
        return campaign;
    }

    private static void apply(Change change, Campaign campaign, Instant now, String user) {
        boolean on = Objects.requireNonNullElse(change.enableWebhooks, campaign.enableWebhooks);
        if (on && !change.mayEnable()) {
            throw new NotEnableable();
        }
        campaign.name = change.name;
        campaign.category = change.category;
        campaign.campaignType = change.campaignType;
        campaign.enableWebhooks = on;
        campaign.modifiedAt = now;
        campaign.modifiedBy = user;
    }

    @WithSession
    Uni<@Nullable Campaign> find(Tenant tenant, String campaignId) {
        return one(tenant, campaignId, LockModeType.NONE);
    }

    /** A page by campaign id, one more than {@code limit} if there are more. */
    @WithSession
    Uni<List<Campaign>> list(Tenant tenant, @Nullable Boolean enabled, String after, int limit) {
        return Campaign.<Campaign>find(
                        "imsOrg = ?1 and sandboxName = ?2 and campaignId > ?3"
                                + " and (?4 is null or enableWebhooks = ?4) order by campaignId",
                        tenant.imsOrg(),
                        tenant.sandboxName(),
                        after,
                        enabled)
                .range(0, limit)
                .list();
    }

    Uni<Boolean> hasWebhook(Tenant tenant) {
        return pool.preparedQuery(HAS_WEBHOOK)
                .execute(Tuple.of(tenant.imsOrg(), tenant.sandboxName()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    @SuppressWarnings("NullAway") // Panache is not annotated: the first result of none is null.
    private static Uni<@Nullable Campaign> one(Tenant tenant, String campaignId, LockModeType lock) {
        return Campaign.<Campaign>find(
                        "imsOrg = ?1 and sandboxName = ?2 and campaignId = ?3",
                        tenant.imsOrg(),
                        tenant.sandboxName(),
                        campaignId)
                .withLock(lock)
                .firstResult();
    }

    /** The campaign is not transactional and API-triggered. */
    static final class NotEnableable extends RuntimeException {
        NotEnableable() {
            super("not a transactional API-triggered campaign", null, false, false);
        }
    }
}
