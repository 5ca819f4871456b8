package dev.tidings.console;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One identity's payloads go, and nobody else's. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class ErasureTest {
    private static final String PATH = "/v1/erasures";
    private static final String ADA = "ada@example.com";

    @Inject
    DataSource database;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @Test
    void erasesTheIdentitysPayloadsAndNobodyElses() {
        UUID hers = of(rows.delivered(event()), "Ada@Example.com");
        rows.attempt(hers, 1, "delivered", 200, null);
        UUID his = of(rows.delivered(event()), "bada@example.com");
        UUID elsewhere = of(rows.delivered(Event.plain(newTenant(), NOON)), ADA);

        JsonPath erasure = erased(ADA);

        assertThat(erasure.getInt("lookedAt")).isEqualTo(2);
        assertThat(erasure.getInt("erased")).isEqualTo(1);
        assertThat(erasure.getInt("failed")).isZero();
        as(tenant)
                .get("/v1/deliveries/" + hers)
                .then()
                .body("payload", nullValue())
                .body("state", equalTo("delivered"))
                .body("attempts[0].responseBody", nullValue());
        assertThat(payload(hers)).isEmpty();
        assertThat(payload(his)).contains("bada@example.com");
        assertThat(payload(elsewhere)).contains(ADA);
    }

    /** Two whole bites of 2,000, and two with a rest. */
    @ParameterizedTest
    @ValueSource(ints = {4_000, 4_321})
    void goesThroughALogOfManyBitesToItsEnd(int deliveries) {
        rows.backlog(tenant, deliveries);
        rows.execute("UPDATE event SET payload = ? WHERE ims_org = ?", payload("bada@example.com"), tenant.imsOrg());
        rows.execute("""
                UPDATE event
                   SET payload = ?
                 WHERE id IN (SELECT id
                                FROM (SELECT id, row_number() OVER (ORDER BY id) AS number
                                        FROM event
                                       WHERE ims_org = ?) AS numbered
                               WHERE number IN (1, 2000, 2001, 3999, ?))
                """, payload(ADA), tenant.imsOrg(), deliveries);

        JsonPath erasure = erased(ADA);

        assertThat(erasure.getInt("lookedAt")).isEqualTo(deliveries);
        assertThat(erasure.getInt("erased")).isEqualTo(5);
        assertThat(erasure.getInt("failed")).isEqualTo(5);
        assertThat(rows.count("SELECT count(*) FROM event WHERE ims_org = ? AND payload = ''", tenant.imsOrg()))
                .isEqualTo(5);
        rows.forget(tenant);
    }

    @Test
    void whatWaitsFailsForIt() {
        UUID waiting = of(rows.pending(event(), NOON), ADA);

        assertThat(erased(ADA).getInt("failed")).isEqualTo(1);

        as(tenant)
                .get("/v1/deliveries/" + waiting)
                .then()
                .body("state", equalTo("failed"))
                .body("reason", equalTo("Its payload was erased"));
        assertThat(rows.count("SELECT count(*) FROM queue WHERE delivery_id = ?", waiting))
                .isZero();
    }

    @Test
    void whatANodeHoldsLosesItsPayloadAndKeepsItsPlace() {
        UUID held = of(rows.delivering(event(), rows.node()), "+4915112345678");

        assertThat(erased("+4915112345678").getInt("failed")).isZero();

        assertThat(payload(held)).isEmpty();
        assertThat(rows.count("SELECT count(*) FROM queue WHERE delivery_id = ?", held))
                .isOne();
    }

    @Test
    void theAddressIsForgottenWhenItIsDone() {
        JsonPath erasure = erased(ADA);

        assertThat(erasure.getString("address")).isEqualTo("a***@example.com");
        assertThat(rows.only(
                        "SELECT row_to_json(e)::text FROM erasure e WHERE ims_org = ?", String.class, tenant.imsOrg()))
                .doesNotContain(ADA);
        assertThat(as(tenant).get("/v1/audit").asString())
                .contains("erasure.requested", "a***@example.com")
                .doesNotContain(ADA);
    }

    @Test
    void askedAgainWhileItIsUnderWayItIsTheSame() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // No bite is taken meanwhile.
            statement.execute("LOCK TABLE event IN EXCLUSIVE MODE");
            String first = post("x@example.com").getString("id");

            assertThat(post("x@example.com").getString("id")).isEqualTo(first);
            connection.rollback();
        }
    }

    @Test
    void anErasedDeliveryIsNotSentAgain() {
        UUID hers = of(rows.delivered(event()), ADA);
        rows.pausedWebhook(tenant);
        erased(ADA);

        as(tenant)
                .post("/v1/deliveries/" + hers + "/redeliver")
                .then()
                .statusCode(409)
                .body("detail", containsString("was erased, or its retention has ended"));
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        String id = erased(ADA).getString("id");

        as(newTenant()).get(PATH + "/" + id).then().statusCode(404);
        as(newTenant()).get(PATH).then().body("items", hasSize(0));
        as(tenant).get(PATH).then().body("items", hasSize(1)).body("items[0].id", equalTo(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"address\": \"  \"}",
                "{\"address\": \"ab\"}",
                "{\"address\": 5}",
                "{\"address\": \"a\\nb@c\"}"
            })
    void whatIsNoAddressIsRefused(String body) {
        as(tenant).body(body).post(PATH).then().statusCode(422).body("violations[0].field", equalTo("address"));
    }

    private Event event() {
        return Event.plain(tenant, NOON);
    }

    private UUID of(UUID delivery, String address) {
        rows.execute("UPDATE event SET payload = ? WHERE id = ?", payload(address), delivery);
        return delivery;
    }

    private static byte[] payload(String address) {
        return ("{\"identityMap\":{\"email\":[{\"id\":\"" + address + "\",\"primary\":true}]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String payload(UUID delivery) {
        return rows.only("SELECT convert_from(payload, 'UTF8') FROM event WHERE id = ?", String.class, delivery);
    }

    private JsonPath post(String address) {
        return as(tenant)
                .body("{\"address\": \"" + address + "\"}")
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
    }

    private JsonPath erased(String address) {
        String id = post(address).getString("id");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> as(tenant).get(PATH + "/" + id).path("state").equals("completed"));
        return as(tenant).get(PATH + "/" + id).jsonPath();
    }
}
