package dev.tidings.notice;

import static dev.tidings.testing.Requests.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.campaign.CampaignCache;
import dev.tidings.campaign.CampaignStanding;
import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookCache;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other nodes commit is heard; what was committed while nobody listened is read. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class NoticesTest {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration RECONNECTED = Duration.ofSeconds(10);
    private static final String LISTENING =
            "datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'";

    @Inject
    WebhookCache webhooks;

    @Inject
    CampaignCache campaigns;

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @Test
    void whatIsCommittedElsewhereIsFreshWithinASecond() {
        UUID id = rows.webhook(tenant, "active", "https://hooks.example.com/", "email");
        registerCampaign("c-1", true);

        await().atMost(FRESH).until(() -> webhooks.byId(id) != null && standing("c-1") == CampaignStanding.ENABLED);
        rows.execute("UPDATE webhook SET state = 'paused', version = version + 1 WHERE id = ?", id);
        rows.execute("UPDATE campaign SET enable_webhooks = false WHERE ims_org = ?", tenant.imsOrg());

        await().atMost(FRESH).until(() -> !endpoint(id).active() && standing("c-1") == CampaignStanding.NOT_ENABLED);
    }

    @Test
    void afterALostConnectionItListensAgainAndReadsWhatItMissed() {
        UUID id = rows.webhook(tenant, "active", "https://hooks.example.com/", "email");
        UUID gone = rows.webhook(newTenant(), "active", "https://hooks.example.com/", "email");
        await().atMost(FRESH).until(() -> webhooks.byId(id) != null && webhooks.byId(gone) != null);

        assertThat(endListeners()).isOne();
        rows.execute("UPDATE webhook SET url = 'https://new.example.com/', version = version + 1 WHERE id = ?", id);
        rows.execute("DELETE FROM webhook WHERE id = ?", gone);
        registerCampaign("missed", true);

        await().atMost(RECONNECTED)
                .until(() -> endpoint(id).url().getHost().equals("new.example.com")
                        && webhooks.byId(gone) == null
                        && standing("missed") == CampaignStanding.ENABLED);
        registerCampaign("heard", true);
        await().atMost(FRESH).until(() -> standing("heard") == CampaignStanding.ENABLED);
    }

    @Test
    void howeverOftenItIsLostOneConnectionListens() {
        for (int i = 0; i < 4; i++) {
            await().atMost(RECONNECTED).until(() -> endListeners() == 1);
        }
        await().atMost(RECONNECTED).until(() -> listeners() == 1);
        registerCampaign("c-1", true);

        await().atMost(FRESH).until(() -> standing("c-1") == CampaignStanding.ENABLED);
        await().during(Duration.ofSeconds(2)).until(() -> listeners() == 1);
    }

    private void registerCampaign(String id, boolean enabled) {
        rows.execute("""
                INSERT INTO campaign (ims_org, sandbox_name, campaign_id, name, category, campaign_type, enable_webhooks,
                                      created_at, created_by, modified_at, modified_by)
                VALUES (?, ?, ?, 'n', 'Transactional', 'ApiTriggered', ?, now(), 'test', now(), 'test')
                """, tenant.imsOrg(), tenant.sandboxName(), id, enabled);
    }

    private Endpoint endpoint(UUID id) {
        return Objects.requireNonNull(webhooks.byId(id));
    }

    private CampaignStanding standing(String id) {
        return campaigns.standing(tenant, id);
    }

    private long listeners() {
        return rows.count("SELECT count(*) FROM pg_stat_activity WHERE " + LISTENING);
    }

    private long endListeners() {
        return rows.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE " + LISTENING);
    }
}
