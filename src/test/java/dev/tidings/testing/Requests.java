package dev.tidings.testing;

import static io.restassured.RestAssured.given;

import dev.tidings.feedback.Tenant;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Requests as a client of the API makes them. */
public final class Requests {
    private Requests() {}

    /** A tenant that nobody else has. */
    public static Tenant newTenant() {
        return new Tenant("org-" + UUID.randomUUID(), "prod");
    }

    /** The campaign of the samples, with webhooks enabled. */
    public static void enableCampaign(Tenant tenant) {
        as(tenant)
                .body(Map.of(
                        "name",
                        "Orders",
                        "category",
                        "Transactional",
                        "campaignType",
                        "ApiTriggered",
                        "enableWebhooks",
                        true))
                .put("/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137")
                .then()
                .statusCode(200);
    }

    /** A request with JSON for that tenant. */
    public static RequestSpecification as(Tenant tenant) {
        return given().header("x-gw-ims-org-id", tenant.imsOrg())
                .header("x-sandbox-name", tenant.sandboxName())
                .contentType("application/json");
    }
}
