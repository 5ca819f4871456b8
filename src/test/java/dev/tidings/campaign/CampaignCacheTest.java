package dev.tidings.campaign;

import static dev.tidings.campaign.CampaignStanding.ENABLED;
import static dev.tidings.campaign.CampaignStanding.NOT_ENABLED;
import static dev.tidings.campaign.CampaignStanding.UNKNOWN;
import static dev.tidings.campaign.Campaigns.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class CampaignCacheTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration READING = Duration.ofSeconds(10);

    private final Campaigns campaigns = Campaigns.ofNewTenant();
    private final Tenant tenant = campaigns.tenant();

    @Inject
    CampaignCache cache;

    @Inject
    DataSource database;

    @Test
    void showsAChangeWhenItIsAnswered() {
        for (boolean on : new boolean[] {false, true, false, true}) {
            campaigns.put("c-1", body(on)).then().statusCode(200);
            assertThat(cache.standing(tenant, "c-1")).isEqualTo(on ? ENABLED : NOT_ENABLED);
        }
        assertThat(cache.standing(tenant, "C-1")).isEqualTo(UNKNOWN);
        assertThat(cache.standing(new Tenant(tenant.imsOrg(), "dev"), "c-1")).isEqualTo(UNKNOWN);
    }

    @Test
    void aRefusedChangeChangesNothing() {
        campaigns.put("c-1", body(true));
        campaigns.put("c-1", body("Marketing", "ApiTriggered", null)).then().statusCode(422);

        assertThat(cache.standing(tenant, "c-1")).isEqualTo(ENABLED);
    }

    @Test
    void showsWithinASecondWhatAnotherNodeDoes() throws SQLException {
        insert("it's \"c\"", false);
        await().atMost(SOON).until(() -> cache.standing(tenant, "it's \"c\"") == NOT_ENABLED);

        run("UPDATE campaign SET enable_webhooks = true WHERE ims_org = ?", tenant.imsOrg());
        await().atMost(SOON).until(() -> cache.standing(tenant, "it's \"c\"") == ENABLED);
    }

    /** The trigger does not tell of a deletion: only a reading of the whole table finds it. */
    @Test
    void aRereadFindsWhatNobodyTold() throws SQLException {
        insert("c-1", true);
        await().atMost(SOON).until(() -> cache.standing(tenant, "c-1") == ENABLED);
        run("DELETE FROM campaign WHERE ims_org = ?", tenant.imsOrg());

        cache.reread().await().atMost(READING);

        assertThat(cache.standing(tenant, "c-1")).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{}", "[]", "[1, 2, 3]", "null"})
    void aNoticeThatCannotBeReadMayMeanAnyCampaign(String payload) throws SQLException {
        insert("c-1", true);
        await().atMost(SOON).until(() -> cache.standing(tenant, "c-1") == ENABLED);
        run("DELETE FROM campaign WHERE ims_org = ?", tenant.imsOrg());

        run("SELECT pg_notify('campaign_changed', ?)", payload);

        await().atMost(SOON).until(() -> cache.standing(tenant, "c-1") == UNKNOWN);
    }

    private void insert(String id, boolean on) throws SQLException {
        run("""
                INSERT INTO campaign (ims_org, sandbox_name, campaign_id, name, category, campaign_type, enable_webhooks,
                                      created_at, created_by, modified_at, modified_by)
                VALUES (?, ?, ?, 'n', 'Transactional', 'ApiTriggered', ?::boolean, now(), 'test', now(), 'test')
                """, tenant.imsOrg(), tenant.sandboxName(), id, Boolean.toString(on));
    }

    /** On a connection that the application does not know, as another node would. */
    private void run(String sql, String... parameters) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
