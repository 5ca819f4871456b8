package dev.tidings.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.feedback.Tenant;
import dev.tidings.notice.NoticeListener;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every campaign's switch, in memory. Campaigns are never deleted, so a reread only adds and changes.
 *
 * <p>Concurrency: any thread reads. Writes come from commits on this node, from notifications (in the order of their
 * commits) and from rereads; a reread that was overtaken by a change shows the old switch until the change's own
 * notification, which follows it.
 */
@ApplicationScoped
public class CampaignCache implements NoticeListener {

    /** Past Hibernate: there may be a hundred thousand, and an event needs four columns. */
    private static final String ALL = """
            SELECT ims_org, sandbox_name, campaign_id, enable_webhooks
              FROM campaign
            """;

    private record Key(Tenant tenant, String campaignId) {}

    private final Map<Key, Boolean> enabled = new ConcurrentHashMap<>();
    private final Pool pool;
    private final ObjectMapper json;

    CampaignCache(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /** Where that campaign of that sandbox stands. */
    public CampaignStanding standing(Tenant tenant, String campaignId) {
        Boolean on = enabled.get(new Key(tenant, campaignId));
        if (on == null) {
            return CampaignStanding.UNKNOWN;
        }
        return on ? CampaignStanding.ENABLED : CampaignStanding.NOT_ENABLED;
    }

    void put(Tenant tenant, String campaignId, boolean on) {
        enabled.put(new Key(tenant, campaignId), on);
    }

    @Override
    public String channel() {
        return "campaign_changed";
    }

    @Override
    public void heard(String payload) {
        try {
            JsonNode change = json.readTree(payload);
            put(
                    new Tenant(change.get(0).textValue(), change.get(1).textValue()),
                    change.get(2).textValue(),
                    change.get(3).booleanValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the trigger writes a JSON array", e);
        }
    }

    @Override
    public Uni<Void> reread() {
        return pool.query(ALL).execute().invoke(this::putAll).replaceWithVoid();
    }

    private void putAll(RowSet<Row> rows) {
        for (Row row : rows) {
            put(new Tenant(row.getString(0), row.getString(1)), row.getString(2), row.getBoolean(3));
        }
    }
}
