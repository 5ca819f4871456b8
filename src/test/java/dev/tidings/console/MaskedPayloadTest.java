package dev.tidings.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Tokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the operator wants it, only some see whose message it was. */
@QuarkusTest
@TestProfile(MaskedPayloadTest.Masking.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class MaskedPayloadTest {
    private static final String PAYLOAD = "{\"a\":null,\"n\":1.50,\"reason\":\"550 ada@example.com unknown\","
            + "\"identityMap\":{\"email\":[{\"id\":\"ada@example.com\",\"primary\":true}],"
            + "\"crm\":[{\"id\":\"4711\",\"primary\":false}]}}";

    /** Security on, and payloads masked. */
    public static final class Masking implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(new Tokens.Secured().getConfigOverrides());
            config.put("tidings.security.mask-payloads", "true");
            return config;
        }
    }

    @Inject
    DataSource database;

    private final Tenant tenant = DeliveryRows.newTenant();
    private UUID delivery;

    @BeforeEach
    void deliver() {
        var rows = new DeliveryRows(database);
        delivery = rows.delivered(Event.plain(tenant, DeliveryRows.NOON));
        rows.execute("UPDATE event SET payload = ? WHERE id = ?", PAYLOAD.getBytes(StandardCharsets.UTF_8), delivery);
        rows.attempt(delivery, 1, "delivered", 200, null);
        rows.execute("UPDATE attempt SET response_body = 'thanks, ada@example.com' WHERE delivery_id = ?", delivery);
    }

    @Test
    void whoMayReadDeliveriesOnlySeesNoIdentity() {
        String seen = get("deliveries.read");

        assertThat(seen)
                .contains("{\"a\":null,\"n\":1.50,\"reason\":\"550 a***@example.com unknown\","
                        + "\"identityMap\":{\"email\":[{\"id\":\"a***@example.com\",\"primary\":true}],"
                        + "\"crm\":[{\"id\":\"4***\",\"primary\":false}]}}")
                .contains("thanks, a***@example.com")
                .doesNotContain("ada@", "4711");
    }

    @Test
    void whoMayReadPayloadsSeesThemToTheLetter() {
        assertThat(get("deliveries.read deliveries.read.payload")).contains(PAYLOAD, "thanks, ada@example.com");
    }

    private String get(String scope) {
        return given().header(
                        "Authorization",
                        "Bearer "
                                + Tokens.claims(tenant.imsOrg())
                                        .claim("scope", scope)
                                        .sign(Tokens.key()))
                .header("x-gw-ims-org-id", tenant.imsOrg())
                .header("x-sandbox-name", tenant.sandboxName())
                .get("/v1/deliveries/" + delivery)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
