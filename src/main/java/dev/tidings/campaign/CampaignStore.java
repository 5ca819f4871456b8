package dev.tidings.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.audit.Action;
import dev.tidings.audit.AuditEntry;
import dev.tidings.audit.AuditStore;
import dev.tidings.feedback.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
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
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Campaigns in the database. */
@ApplicationScoped
class CampaignStore {

    /** Of two that register a campaign at once the second waits here for the first, then changes what that made. */
    private static final String REGISTER = """
            INSERT INTO campaign (ims_org, sandbox_name, campaign_id, name, category, campaign_type, enable_webhooks,
                                  created_at, created_by, modified_at, modified_by)
            VALUES (:imsOrg, :sandboxName, :campaignId, :name, :category, :campaignType, false,
                    :now, :user, :now, :user)
                ON CONFLICT (ims_org, sandbox_name, campaign_id) DO NOTHING
            """;

    /** A primary key's worth of index in the order of the page. */
    private static final String PAGE = """
            imsOrg = ?1 AND sandboxName = ?2 AND campaignId > ?3
            ORDER BY campaignId
            """;

    private static final String PAGE_BY_SWITCH = """
            imsOrg = ?1 AND sandboxName = ?2 AND campaignId > ?3 AND enableWebhooks = ?4
            ORDER BY campaignId
            """;

    /** Past the webhook package, which is a sibling. */
    private static final String HAS_WEBHOOK = """
            SELECT EXISTS (SELECT FROM webhook WHERE ims_org = $1 AND sandbox_name = $2)
            """;

    private final Pool pool;
    private final ObjectMapper json;

    CampaignStore(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /** The campaign as it is then. Fails with {@link NotEligible} when it would be enabled and must not be. */
    @WithTransaction
    Uni<Campaign> put(CampaignDraft draft, Instant now, String user) {
        return Panache.getSession()
                .flatMap(session -> register(session, draft, now, user)
                        .chain(made -> Campaign.<Campaign>findById(draft.key(), LockModeType.PESSIMISTIC_WRITE)
                                .call(campaign -> {
                                    String before = made > 0 ? null : text(campaign);
                                    apply(draft, campaign, now, user);
                                    return AuditStore.within(session, entry(campaign, before));
                                })));
    }

    /** @param before what it was, or {@code null}: it is new */
    private AuditEntry entry(Campaign campaign, @Nullable String before) {
        return new AuditEntry(
                new Tenant(campaign.imsOrg, campaign.sandboxName),
                campaign.modifiedBy,
                before == null ? Action.CAMPAIGN_REGISTERED : Action.CAMPAIGN_CHANGED,
                campaign.campaignId,
                before,
                text(campaign));
    }

    private String text(Campaign campaign) {
        try {
            ObjectNode tree = json.valueToTree(CampaignView.of(campaign, List.of()));
            tree.remove("warnings");
            return json.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the API shows always can be written", e);
        }
    }

    private static Uni<Integer> register(Mutiny.Session session, CampaignDraft draft, Instant now, String user) {
        return session.createNativeQuery(REGISTER)
                .setParameter("imsOrg", draft.key().imsOrg())
                .setParameter("sandboxName", draft.key().sandboxName())
                .setParameter("campaignId", draft.key().campaignId())
                .setParameter("name", draft.name())
                .setParameter("category", draft.category())
                .setParameter("campaignType", draft.campaignType())
                .setParameter("now", now)
                .setParameter("user", user)
                .executeUpdate();
    }

    private static void apply(CampaignDraft draft, Campaign campaign, Instant now, String user) {
        boolean on = Objects.requireNonNullElse(draft.enableWebhooks(), campaign.enableWebhooks);
        if (on && !draft.isEligible()) {
            throw new NotEligible();
        }
        campaign.name = draft.name();
        campaign.category = draft.category();
        campaign.campaignType = draft.campaignType();
        campaign.enableWebhooks = on;
        campaign.modifiedAt = now;
        campaign.modifiedBy = user;
    }

    @WithSession
    Uni<@Nullable Campaign> find(CampaignKey key) {
        return Campaign.findById(key);
    }

    /** By id, those after {@code after}, of one switch or of both: one more than {@code limit} where more follow. */
    @WithSession
    Uni<List<Campaign>> list(Tenant tenant, @Nullable Boolean enabled, String after, int limit) {
        var found = enabled == null
                ? Campaign.<Campaign>find(PAGE, tenant.imsOrg(), tenant.sandboxName(), after)
                : Campaign.<Campaign>find(PAGE_BY_SWITCH, tenant.imsOrg(), tenant.sandboxName(), after, enabled);
        return found.range(0, limit).list();
    }

    Uni<Boolean> hasWebhook(Tenant tenant) {
        return pool.preparedQuery(HAS_WEBHOOK)
                .execute(Tuple.of(tenant.imsOrg(), tenant.sandboxName()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The campaign's webhooks are on, and it would no longer be a transactional API-triggered one. */
    static final class NotEligible extends RuntimeException {
        NotEligible() {
            super("webhooks would be on for a campaign that can't have them", null, false, false);
        }
    }
}
