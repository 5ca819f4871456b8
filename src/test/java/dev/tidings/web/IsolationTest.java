package dev.tidings.web;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.web.Routes.Route;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tries every id that one tenant has, as another tenant, at every route there is: the routes are found among the beans,
 * so that a new one is tried without anybody's thinking of it.
 */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class IsolationTest {
    private static final String WEBHOOK =
            "{\"name\": \"%s\", \"channels\": [\"email\"], \"url\": \"https://hooks.example.com/\"}";
    private static final String CAMPAIGN =
            "{\"name\": \"%s\", \"category\": \"Transactional\", \"campaignType\": \"ApiTriggered\"}";
    private static final String BY_CALLERS_ID = "PUT /v1/campaigns/" + Routes.ANY_ID;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    BeanManager beans;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DataSource database;

    private final Tenant owner = newTenant();
    private final Map<String, String> ids = new LinkedHashMap<>();

    @BeforeEach
    void own() {
        var rows = new DeliveryRows(database);
        ids.put("webhook", created("/v1/feedback-webhooks", WEBHOOK.formatted("owned")));
        as(owner).post("/v1/feedback-webhooks/" + ids.get("webhook") + "/pause");
        String campaign = UUID.randomUUID().toString();
        as(owner)
                .body(CAMPAIGN.formatted("owned"))
                .put("/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);
        ids.put("campaign", campaign);
        ids.put("delivery", rows.failed(Event.plain(owner, NOON), "owned").toString());
        ids.put("replay", created("/v1/replays", "{\"filter\": {\"state\": \"failed\"}}"));
        ids.put("erasure", created("/v1/erasures", "{\"address\": \"owned@example.com\"}"));
        ids.put("audit", as(owner).get("/v1/audit").path("items[0].id"));
    }

    @Test
    void noIdOfOneTenantMeansAnythingToAnother() {
        for (Tenant other : others()) {
            for (Route route : routes()) {
                for (Map.Entry<String, String> id : ids.entrySet()) {
                    if (route.path().contains(Routes.ANY_ID)
                            && !route.toString().equals(BY_CALLERS_ID)) {
                        assertThat(send(route, id.getValue(), other).statusCode())
                                .as("%s with the %s of another tenant", route, id.getKey())
                                .isEqualTo(404);
                    }
                }
            }
        }
        assertThat(as(owner).get("/v1/feedback-webhooks/" + ids.get("webhook")).<String>path("name"))
                .isEqualTo("owned");
        assertThat(as(owner).get("/v1/replays/" + ids.get("replay")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void noListShowsAnythingOfAnotherTenant() {
        for (Tenant other : others()) {
            for (Route route : routes()) {
                if (route.verb().equals("GET") && !route.path().contains(Routes.ANY_ID)) {
                    assertThat(as(other).get(route.path()).asString())
                            .as(route.toString())
                            .doesNotContain(ids.values())
                            .doesNotContain("owned");
                }
            }
        }
    }

    @Test
    void theSameCampaignIdInAnotherSandboxIsAnotherCampaign() {
        Tenant other = newTenant();
        String path = "/v1/campaigns/" + ids.get("campaign");
        as(other).get(path).then().statusCode(404);

        as(other).body(CAMPAIGN.formatted("another")).put(path).then().statusCode(200);

        assertThat(as(owner).get(path).<String>path("name")).isEqualTo("owned");
        assertThat(as(other).get(path).<String>path("name")).isEqualTo("another");
    }

    /** Another organization, and another sandbox of the same one; both have a webhook of their own. */
    private List<Tenant> others() {
        List<Tenant> others = List.of(newTenant(), new Tenant(owner.imsOrg(), "stage"));
        others.forEach(other -> as(other).body(WEBHOOK.formatted("other")).post("/v1/feedback-webhooks"));
        return others;
    }

    private List<Route> routes() {
        List<Route> routes = Routes.all(beans).stream()
                .filter(route -> route.path().startsWith("/v1/")
                        && !route.path().startsWith("/v1/wrong")
                        && !route.method().isAnnotationPresent(PermitAll.class))
                .toList();
        assertThat(routes.stream().filter(route -> route.path().contains(Routes.ANY_ID)))
                .hasSizeGreaterThan(8);
        return routes;
    }

    private static Response send(Route route, String id, Tenant other) {
        var request = as(other);
        return (route.verb().equals("PUT") ? request.body(WEBHOOK.formatted("taken")) : request)
                .request(route.verb(), route.path().replace(Routes.ANY_ID, id));
    }

    private String created(String path, String body) {
        Response answer = as(owner).body(body).post(path);
        assertThat(answer.statusCode()).as(path).isBetween(201, 202);
        return answer.path("id");
    }
}
