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
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Every campaign's switch, in memory. {@code notice} has it read at the start, after a lost connection, and every
 * {@code tidings.notice.reread-every}.
 *
 * <p>Concurrency: any thread asks. A notification says only which campaign to read: two changes, on two nodes, may be
 * heard and answered in any order, but the {@link Refresher} reads one after the other, so what is shown never goes back
 * to an older switch. Only its readings write.
 */
@Singleton
public class CampaignCache implements NoticeListener {
    private static final Logger LOG = Logger.getLogger(CampaignCache.class);

    /** A reading that hangs would keep all later ones waiting. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Past Hibernate: there may be a hundred thousand, and an event needs four columns. */
    private static final String ALL = """
            SELECT ims_org, sandbox_name, campaign_id, enable_webhooks
              FROM campaign
            """;

    /** By primary key. */
    private static final String SOME = """
            SELECT ims_org, sandbox_name, campaign_id, enable_webhooks
              FROM campaign
              JOIN unnest($1::text[], $2::text[], $3::text[]) AS asked (ims_org, sandbox_name, campaign_id)
             USING (ims_org, sandbox_name, campaign_id)
            """;

    private final Pool pool;
    private final ObjectMapper json;
    private final Refresher refresher = new Refresher(new Table());
    private volatile Map<CampaignKey, Boolean> switches = new ConcurrentHashMap<>();

    CampaignCache(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /** Where that campaign of that sandbox stands. */
    public CampaignStanding standing(Tenant tenant, String campaignId) {
        Boolean on = switches.get(CampaignKey.of(tenant, campaignId));
        if (on == null) {
            return CampaignStanding.UNKNOWN;
        }
        return on ? CampaignStanding.ENABLED : CampaignStanding.NOT_ENABLED;
    }

    /** Done when what is committed of that campaign by now is shown. */
    Uni<Void> refresh(CampaignKey key) {
        return refresher.refresh(key);
    }

    @Override
    public String channel() {
        return "campaign_changed";
    }

    @Override
    public void heard(String payload) {
        read(payload)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf("A campaign that changed was not read anew: %s", failure.getMessage()));
    }

    @Override
    public Uni<Void> reread() {
        return refresher.refreshAll();
    }

    /** The trigger writes a JSON array that begins with the key; after anything else, all may have changed. */
    private Uni<Void> read(String payload) {
        try {
            JsonNode change = json.readTree(payload);
            if (change.path(0).isTextual()
                    && change.path(1).isTextual()
                    && change.path(2).isTextual()) {
                return refresher.refresh(new CampaignKey(
                        change.get(0).textValue(),
                        change.get(1).textValue(),
                        change.get(2).textValue()));
            }
        } catch (JsonProcessingException e) {
            LOG.debug("A notification on campaign_changed that is not JSON", e);
        }
        return refresher.refreshAll();
    }

    private final class Table implements Refresher.Source {
        @Override
        public Uni<Void> some(Set<CampaignKey> keys) {
            return pool.preparedQuery(SOME)
                    .execute(Tuple.of(
                            column(keys, CampaignKey::imsOrg),
                            column(keys, CampaignKey::sandboxName),
                            column(keys, CampaignKey::campaignId)))
                    .ifNoItem()
                    .after(PATIENCE)
                    .fail()
                    .map(CampaignCache::byKey)
                    .invoke(found -> keys.forEach(key -> show(key, found)))
                    .replaceWithVoid();
        }

        @Override
        public Uni<Void> all() {
            return pool.query(ALL)
                    .execute()
                    .ifNoItem()
                    .after(PATIENCE)
                    .fail()
                    .map(CampaignCache::byKey)
                    .invoke(found -> switches = found)
                    .replaceWithVoid();
        }
    }

    private void show(CampaignKey key, Map<CampaignKey, Boolean> found) {
        switches.compute(key, (same, before) -> found.get(key));
    }

    private static Map<CampaignKey, Boolean> byKey(RowSet<Row> rows) {
        Map<CampaignKey, Boolean> found = new ConcurrentHashMap<>(rows.size() * 2);
        for (Row row : rows) {
            found.put(new CampaignKey(row.getString(0), row.getString(1), row.getString(2)), row.getBoolean(3));
        }
        return found;
    }

    private static String[] column(Set<CampaignKey> keys, Function<CampaignKey, String> part) {
        return keys.stream().map(part).toArray(String[]::new);
    }
}
