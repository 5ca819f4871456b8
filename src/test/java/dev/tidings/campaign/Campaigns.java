package dev.tidings.campaign;

import static dev.tidings.testing.Requests.as;

import dev.tidings.feedback.Tenant;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's campaigns, as a client of the API sees them. */
record Campaigns(Tenant tenant) {
    static final String PATH = "/v1/campaigns";

    /** Of a sandbox that no other test uses. */
    static Campaigns ofNewTenant() {
        return new Campaigns(new Tenant("org-" + UUID.randomUUID(), "prod"));
    }

    /** A transactional API-triggered campaign; {@code null} leaves the switch out. */
    static String body(@Nullable Boolean enableWebhooks) {
        return body("Transactional", "ApiTriggered", enableWebhooks);
    }

    static String body(String category, String type, @Nullable Boolean enableWebhooks) {
        String toggle = enableWebhooks == null ? "" : ", \"enableWebhooks\": " + enableWebhooks;
        return """
                {"name": "Orders", "category": "%s", "campaignType": "%s"%s}""".formatted(category, type, toggle);
    }

    Response put(String id, String body) {
        return as(tenant).contentType("application/json").body(body).put(PATH + "/{id}", id);
    }

    /** With an id that is percent-encoded already. */
    Response putEncoded(String id, String body) {
        return as(tenant)
                .urlEncodingEnabled(false)
                .contentType("application/json")
                .body(body)
                .put(PATH + "/" + id);
    }

    Response get(String id) {
        return as(tenant).get(PATH + "/{id}", id);
    }

    Response getEncoded(String id) {
        return as(tenant).urlEncodingEnabled(false).get(PATH + "/" + id);
    }

    JsonPath list(String query) {
        return as(tenant).get(PATH + query).then().statusCode(200).extract().jsonPath();
    }
}
