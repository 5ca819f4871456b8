package dev.tidings.campaign;

import static dev.tidings.campaign.Campaigns.body;
import static dev.tidings.testing.Requests.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class CampaignResourceTest {
    private final Campaigns campaigns = Campaigns.ofNewTenant();

    @Inject
    DataSource database;

    @Test
    void registersACampaignWithWebhooksOff() {
        JsonPath put = campaigns
                .put("c-1", body(null))
                .then()
                .statusCode(200)
                .body("campaignID", equalTo("c-1"))
                .body("name", equalTo("Orders"))
                .body("category", equalTo("Transactional"))
                .body("campaignType", equalTo("ApiTriggered"))
                .body("enableWebhooks", equalTo(false))
                .body("createdBy", equalTo("anonymous"))
                .body("warnings", hasSize(0))
                .extract()
                .jsonPath();

        JsonPath got = campaigns.get("c-1").then().statusCode(200).extract().jsonPath();

        assertThat(got.getMap("")).isEqualTo(put.getMap(""));
        assertThat(got.getString("modifiedAt")).isEqualTo(got.getString("createdAt"));
    }

    @Test
    void changesWhatIsSentAndKeepsTheSwitchThatIsNot() {
        String createdAt = campaigns.put("c-1", body(true)).jsonPath().getString("createdAt");

        JsonPath changed = campaigns
                .put("c-1", body(null).replace("Orders", "Renamed"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(changed.getString("name")).isEqualTo("Renamed");
        assertThat(changed.getBoolean("enableWebhooks")).isTrue();
        assertThat(changed.getString("createdAt")).isEqualTo(createdAt);
        assertThat(changed.getString("modifiedAt")).isGreaterThan(createdAt);
        campaigns.put("c-1", body(false)).then().body("enableWebhooks", equalTo(false));
    }

    @Test
    void warnsWhileTheSandboxHasNoWebhook() throws SQLException {
        campaigns.put("c-1", body(false)).then().body("warnings", hasSize(0));
        campaigns.put("c-1", body(true)).then().statusCode(200).body("warnings", contains(CampaignResource.NO_WEBHOOK));
        campaigns.get("c-1").then().body("warnings", contains(CampaignResource.NO_WEBHOOK));

        createWebhook(campaigns.tenant());

        campaigns.get("c-1").then().body("warnings", hasSize(0));
        campaigns.put("c-1", body(true)).then().body("warnings", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({"Marketing, ApiTriggered", "Transactional, Scheduled", "Transactional, IpWarmup", "Marketing, Scheduled"
    })
    void webhooksAreForTransactionalApiTriggeredCampaignsOnly(String category, String type) {
        campaigns
                .put("c-1", body(category, type, true))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", contains("enableWebhooks"))
                .body("violations[0].message", containsString("only for transactional API-triggered campaigns"));
        campaigns.get("c-1").then().statusCode(404);
        campaigns.put("c-1", body(category, type, null)).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"Marketing, ApiTriggered", "Transactional, Scheduled", "Transactional, IpWarmup"})
    void aCampaignLosesItsKindOnlyWithItsSwitch(String category, String type) {
        campaigns.put("c-1", body(true)).then().statusCode(200);

        campaigns
                .put("c-1", body(category, type, null))
                .then()
                .statusCode(422)
                .body("violations.field", contains("enableWebhooks"));
        campaigns.get("c-1").then().body("category", equalTo("Transactional")).body("enableWebhooks", equalTo(true));

        campaigns.put("c-1", body(category, type, false)).then().statusCode(200);
        campaigns.get("c-1").then().body("campaignType", equalTo(type)).body("enableWebhooks", equalTo(false));
    }

    @Test
    void anotherTenantsCampaignIsNotFound() {
        campaigns.put("c-1", body(true));
        Campaigns sibling = new Campaigns(new Tenant(campaigns.tenant().imsOrg(), "dev"));

        Campaigns.ofNewTenant()
                .get("c-1")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo(CampaignResource.NONE));
        sibling.get("c-1").then().statusCode(404);
        assertThat(sibling.list("").getList("items")).isEmpty();
        sibling.put("c-1", body(false)).then().statusCode(200);
        campaigns.get("c-1").then().body("enableWebhooks", equalTo(true));
    }

    @Test
    void asksForTheTenant() {
        given().get(Campaigns.PATH).then().statusCode(400).contentType("application/problem+json");
        given().header("x-gw-ims-org-id", "o")
                .get(Campaigns.PATH + "/c-1")
                .then()
                .statusCode(400)
                .body("violations.field", contains("x-sandbox-name"));
        as(campaigns.tenant())
                .contentType("text/plain")
                .body("x")
                .put(Campaigns.PATH + "/c-1")
                .then()
                .statusCode(415);
    }

    /** Were the row looked for first and then inserted, all but one of them would fail. */
    @Test
    void registeringAtTheSameInstantSucceedsForAll() throws Exception {
        int callers = 8;
        var together = new CountDownLatch(callers);
        Callable<Integer> register = () -> {
            together.countDown();
            together.await();
            return campaigns.put("c-1", body(true)).statusCode();
        };

        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(
                    Stream.generate(() -> register).limit(callers).toList())) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).hasSize(callers).containsOnly(200);
        assertThat(campaigns.list("").getList("items")).hasSize(1);
    }

    private void createWebhook(Tenant tenant) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO webhook (id, version, ims_org, sandbox_name, name, channels, url, authentication,
                                             headers, payload_version, state, created_at, created_by, modified_at,
                                             modified_by)
                        VALUES (gen_random_uuid(), 1, ?, ?, 'w', 'email', 'https://hooks.example.com', '{"type": "none"}',
                                '[]', '1', 'paused', now(), 'test', now(), 'test')
                        """)) {
            insert.setString(1, tenant.imsOrg());
            insert.setString(2, tenant.sandboxName());
            insert.executeUpdate();
        }
    }
}
