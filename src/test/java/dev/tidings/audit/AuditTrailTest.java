package dev.tidings.audit;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Json;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who did what stands in the trail, with the change or not at all, and stays there. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class AuditTrailTest {
    private static final String HOOKS = "/v1/feedback-webhooks";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String SECOND = "fedcba9876543210fedcba9876543210";
    private static final String BODY = """
            {"name": "Order status", "channels": ["email"], "url": "https://hooks.example.com/feedback",
             "authentication": {"type": "jwt", "algorithm": "HS256", "secret": "%s"},
             "headers": [{"name": "X-Key", "value": "sesame-open", "secret": true}]}
            """;

    @Inject
    DataSource database;

    @Inject
    AuditStore audit;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @Test
    void aWebhooksLifeIsToldWithBeforeAndAfter() {
        String id = create();
        as(tenant)
                .body(Json.with(BODY.formatted(SECOND), "name", "\"Renamed\""))
                .put(HOOKS + "/" + id)
                .then()
                .statusCode(200);
        as(tenant).post(HOOKS + "/" + id + "/pause").then().statusCode(200);
        as(tenant).post(HOOKS + "/" + id + "/resume").then().statusCode(200);
        as(tenant).delete(HOOKS + "/" + id).then().statusCode(204);

        JsonPath trail = trail("");

        assertThat(trail.getList("items.action"))
                .containsExactly(
                        "webhook.deleted", "webhook.resumed", "webhook.paused", "webhook.edited", "webhook.created");
        assertThat(trail.getList("items.subject")).containsOnly(id);
        assertThat(trail.getList("items.who")).containsOnly("anonymous");
        assertThat(trail.getString("items[3].before.name")).isEqualTo("Order status");
        assertThat(trail.getString("items[3].after.name")).isEqualTo("Renamed");
        assertThat(trail.getList("items[3].after.secretsReplaced")).containsExactly("authentication");
        assertThat(trail.getString("items[2].after.state")).isEqualTo("paused");
        assertThat(trail.getMap("items[4]")).doesNotContainKey("before");
        assertThat(trail.getMap("items[0]")).containsKey("before").doesNotContainKey("after");
    }

    @Test
    void noSecretEverStandsInIt() {
        String id = create();
        as(tenant).body(BODY.formatted(SECOND)).put(HOOKS + "/" + id);
        as(tenant).delete(HOOKS + "/" + id);

        String stored = rows.only(
                "SELECT string_agg(a::text, ' ') FROM audit a WHERE ims_org = ?", String.class, tenant.imsOrg());

        assertThat(stored).contains("secretSet").doesNotContain(SECRET, SECOND, "sesame-open");
    }

    @Test
    void whatIsRefusedIsNotTold() {
        String id = create();

        as(tenant).body("{}").put(HOOKS + "/" + id).then().statusCode(422);
        as(tenant).body(BODY.formatted(SECRET)).post(HOOKS).then().statusCode(409);
        as(tenant).header("If-Match", "\"99\"").delete(HOOKS + "/" + id).then().statusCode(412);

        assertThat(trail("").getList("items.action")).containsExactly("webhook.created");
    }

    @Test
    void aChangeThatCanNotBeToldIsNotMade() {
        String id = create();
        rows.execute("ALTER TABLE audit ADD CONSTRAINT refused CHECK (who <> 'anonymous' OR ims_org <> '"
                + tenant.imsOrg() + "') NOT VALID");
        try {
            as(tenant).post(HOOKS + "/" + id + "/pause").then().statusCode(500);
        } finally {
            rows.execute("ALTER TABLE audit DROP CONSTRAINT refused");
        }

        assertThat(rows.only("SELECT state FROM webhook WHERE id = ?", String.class, UUID.fromString(id)))
                .isEqualTo("active");
    }

    @Test
    void campaignsAreToldToo() {
        String path = "/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137";
        String campaign = "{\"name\": \"Orders\", \"category\": \"Transactional\", \"campaignType\": \"ApiTriggered\"}";
        as(tenant).body(campaign).put(path).then().statusCode(200);
        as(tenant)
                .body(Json.with(campaign, "enableWebhooks", "true"))
                .put(path)
                .then()
                .statusCode(200);

        JsonPath trail = trail("");

        assertThat(trail.getList("items.action")).containsExactly("campaign.changed", "campaign.registered");
        assertThat(trail.getBoolean("items[0].before.enableWebhooks")).isFalse();
        assertThat(trail.getBoolean("items[0].after.enableWebhooks")).isTrue();
    }

    @Test
    void whoReadsAPayloadOrHasItSentAgainIsTold() {
        UUID delivery = rows.delivered(Event.plain(tenant, DeliveryRows.NOON));
        String webhook = create();
        as(tenant).post(HOOKS + "/" + webhook + "/pause");

        as(tenant).get("/v1/deliveries/" + delivery).then().statusCode(200);
        as(tenant).get("/v1/deliveries").then().statusCode(200);
        as(tenant).post("/v1/deliveries/" + delivery + "/redeliver").then().statusCode(202);
        String replay = as(tenant)
                .body("{\"filter\": {\"state\": \"failed\"}}")
                .post("/v1/replays")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        JsonPath trail = trail("?limit=3");
        assertThat(trail.getList("items.action"))
                .as("a page of the log shows no payload")
                .containsExactly("replay.created", "delivery.redelivered", "delivery.read");
        assertThat(trail.getList("items.subject")).containsExactly(replay, delivery.toString(), delivery.toString());
    }

    @Test
    void aDeliveryThatIsNotThereWasNotRead() {
        as(tenant).get("/v1/deliveries/" + UUID.randomUUID()).then().statusCode(404);

        assertThat(trail("").getList("items")).isEmpty();
    }

    @Test
    void filtersNarrowAndPagesFollow() {
        String id = create();
        for (int i = 0; i < 4; i++) {
            as(tenant).post(HOOKS + "/" + id + "/pause");
        }
        assertThat(trail("?action=webhook.paused").getList("items")).hasSize(4);
        assertThat(trail("?who=nobody").getList("items")).isEmpty();
        assertThat(trail("?subject=" + id).getList("items")).hasSize(5);
        assertThat(trail("?to=2026-01-01T00:00:00Z").getList("items")).isEmpty();
        assertThat(trail("?from=2026-01-01T00:00:00Z").getList("items")).hasSize(5);

        List<String> seen = new ArrayList<>();
        @Nullable String cursor = "";
        while (cursor != null) {
            JsonPath page = trail("?limit=2&cursor=" + cursor);
            seen.addAll(page.getList("items.id", String.class));
            cursor = page.getString("nextCursor");
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        create();

        as(newTenant()).get("/v1/audit").then().statusCode(200).body("items", hasSize(0));
        as(new Tenant(tenant.imsOrg(), "stage")).get("/v1/audit").then().body("items", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"action=webhook.eaten", "from=yesterday", "to=+1000000-01-01T00:00:00Z", "limit=0", "cursor=x"})
    void aFilterThatMakesNoSenseIsRefused(String query) {
        as(tenant)
                .urlEncodingEnabled(false)
                .get("/v1/audit?" + query)
                .then()
                .statusCode(422)
                .body("violations.field", contains(query.substring(0, query.indexOf('='))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET who = 'somebody else'",
                "DELETE FROM audit",
                "TRUNCATE audit",
                "TRUNCATE audit_default",
                "UPDATE %s SET who = 'somebody else'",
                "DELETE FROM %s",
                "TRUNCATE %s"
            })
    void nothingIsTakenOutOfItOrChanged(String sql) {
        create();
        String month = rows.only(
                "SELECT tableoid::regclass::text FROM audit WHERE ims_org = ?", String.class, tenant.imsOrg());
        assertThat(month).matches("audit_\\d{6}");

        assertThatThrownBy(() -> rows.execute(sql.formatted(month)))
                .rootCause()
                .hasMessageContaining(
                        "the audit trail is only added to: %s is refused", sql.substring(0, sql.indexOf(' ')));
    }

    @Test
    void monthsThatEndedBeforeWhatIsKeptAreDropped() {
        var old = LocalDate.of(2024, 1, 15);
        audit.keep(old, old, old).await().atMost(Duration.ofSeconds(10));
        assertThat(rows.count("SELECT count(*) FROM pg_class WHERE relname = 'audit_202401'"))
                .isOne();

        int kept = audit.keep(old, old, LocalDate.of(2024, 1, 31)).await().atMost(Duration.ofSeconds(10));
        int dropped = audit.keep(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 2, 1), LocalDate.of(2024, 2, 1))
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(kept).isZero();
        assertThat(dropped).isOne();
    }

    @Test
    void thoseWhoReadAtOnceAreToldEach() {
        Uni.join()
                .all(IntStream.range(0, 200)
                        .mapToObj(i -> audit.note(AuditEntry.of(tenant, "reader " + i, Action.DELIVERY_READ, i)))
                        .toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(20));

        assertThat(rows.count(
                        "SELECT count(DISTINCT who) FROM audit WHERE ims_org = ? AND action = 'delivery.read'",
                        tenant.imsOrg()))
                .isEqualTo(200);
    }

    private String create() {
        return as(tenant)
                .body(BODY.formatted(SECRET))
                .post(HOOKS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private JsonPath trail(String query) {
        return as(tenant)
                .get("/v1/audit" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
