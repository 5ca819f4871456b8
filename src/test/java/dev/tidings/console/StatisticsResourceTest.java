package dev.tidings.console;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static dev.tidings.testing.Requests.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tidings.feedback.SkipReason;
import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.webhook.WebhookCache;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class StatisticsResourceTest {
    private static final Instant FROM = NOON.minusSeconds(3_600);
    private static final Instant TO = NOON.plusSeconds(3_600);

    @Inject
    DataSource database;

    @Inject
    WebhookCache webhooks;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @Test
    void countsByStateChannelAndFeedbackStatus() {
        attempt(rows.delivered(event(0).about("sms", "delivered")), "delivered");
        attempt(rows.delivered(event(1)), "delivered");
        attempt(rows.delivered(event(2)), "delivered");
        attempt(rows.failed(event(3), "The endpoint answered 404"), "failed");
        rows.skipped(event(4).about("sms", "read"), SkipReason.STATUS_NOT_SENT);
        rows.retrying(event(5), Instant.now().plus(Duration.ofHours(1)), 1);
        rows.delivering(event(6), rows.node());
        rows.pending(event(7), NOON);
        await().until(() -> webhooks.find(tenant) != null);

        folded(8);

        as(tenant)
                .queryParam("from", FROM.toString())
                .queryParam("to", TO.toString())
                .get("/v1/statistics")
                .then()
                .statusCode(200)
                .body("from", equalTo(FROM.toString()))
                .body("to", equalTo(TO.toString()))
                .body("interval", equalTo("minute"))
                .body("accepted", equalTo(8))
                .body("states.pending", equalTo(1))
                .body("states.delivering", equalTo(1))
                .body("states.retrying", equalTo(1))
                .body("states.delivered", equalTo(3))
                .body("states.failed", equalTo(1))
                .body("states.skipped", equalTo(1))
                .body("channels.email", equalTo(6))
                .body("channels.sms", equalTo(2))
                .body("feedbackStatuses.bounce", equalTo(6))
                .body("feedbackStatuses.read", equalTo(1))
                .body("successRate", equalTo(0.75f))
                .body("latencyMillis.samples", equalTo(3))
                .body("latencyMillis.p50", greaterThan(0))
                .body("attemptMillis.samples", equalTo(4))
                .body("attemptMillis.p99", equalTo(12))
                .body("reasons", hasSize(1))
                .body("reasons[0].reason", equalTo("The endpoint answered 404"))
                .body("reasons[0].failed", equalTo(1))
                .body("late.deliveries", equalTo(1))
                .body("late.oldestDueAt", equalTo(NOON.toString()))
                .body("late.seconds", greaterThan(3_600));
    }

    @Test
    void theSeriesHasEveryBucketAndAddsUp() {
        attempt(rows.delivered(event(-1_800)), "delivered");
        attempt(rows.delivered(event(60)), "delivered");
        rows.skipped(event(61), SkipReason.NO_WEBHOOK);

        JsonPath hours = folded(3);

        assertThat(hours.getList("series.from"))
                .containsExactly(NOON.minusSeconds(3_600).toString(), NOON.toString());
        assertThat(hours.getList("series.accepted")).containsExactly(1, 2);
        assertThat(hours.getList("series.delivered")).containsExactly(1, 1);
        assertThat(hours.getList("series.skipped")).containsExactly(0, 1);
        assertThat(hours.getList("series.latencyMillis.samples")).containsExactly(1, 1);
        assertThat(series("minute", FROM, TO).getList("series.accepted", Integer.class))
                .hasSize(120)
                .contains(1, 2);
        assertThat(series("day", FROM.minusSeconds(1), TO).getList("series.from"))
                .containsExactly(NOON.minusSeconds(43_200).toString());
    }

    @Test
    void withoutAnythingAllIsThereAndZero() {
        as(tenant)
                .get("/v1/statistics")
                .then()
                .statusCode(200)
                .body("interval", equalTo("hour"))
                .body("accepted", equalTo(0))
                .body("$", hasKey("successRate"))
                .body("successRate", nullValue())
                .body("latencyMillis", hasKey("p50"))
                .body("latencyMillis.p50", nullValue())
                .body("reasons", hasSize(0))
                .body("late.deliveries", equalTo(0))
                .body("late", hasKey("oldestDueAt"));
    }

    @Test
    void anotherSandboxCountsForItself() {
        attempt(rows.delivered(event(0)), "delivered");
        folded(1);

        as(new Tenant(tenant.imsOrg(), "dev"))
                .queryParam("from", FROM.toString())
                .get("/v1/statistics")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0));
        given().header("x-gw-ims-org-id", tenant.imsOrg())
                .get("/v1/statistics")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday, ISO-8601",
        "to, 2026-10-06, ISO-8601",
        "from, +1000000000-12-31T23:59:59.999999999Z, 1970 to 9999",
        "to, -1000000000-01-01T00:00:00Z, 1970 to 9999",
        "from, 9000-01-01T00:00:00Z, not be after",
        "interval, week, 'minute, hour, day'",
        "interval, MINUTE, 'minute, hour, day'",
    })
    void saysWhatIsWrongWithAQuery(String name, String value, String why) {
        as(tenant)
                .queryParam(name, value)
                .get("/v1/statistics")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", contains(name))
                .body("violations[0].message", containsString(why));
    }

    @Test
    void moreBucketsThanAnybodyReadsAreRefused() {
        as(tenant)
                .queryParam("from", NOON.minus(Duration.ofDays(30)).toString())
                .queryParam("to", NOON.toString())
                .queryParam("interval", "minute")
                .get("/v1/statistics")
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("43200 buckets, and 1500 are the most"));
        as(tenant)
                .queryParam("from", NOON.minusSeconds(1_500 * 60).toString())
                .queryParam("to", NOON.toString())
                .queryParam("interval", "minute")
                .get("/v1/statistics")
                .then()
                .statusCode(200)
                .body("series", hasSize(1_500));
    }

    private Event event(int secondsAfterNoon) {
        return Event.plain(tenant, NOON.plusSeconds(secondsAfterNoon));
    }

    private void attempt(UUID id, String outcome) {
        rows.execute(
                "INSERT INTO attempt VALUES (?, 1, ?, 12, ?, ?, ?, NULL)",
                id,
                Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).atOffset(ZoneOffset.UTC),
                outcome,
                outcome.equals("delivered") ? 200 : 404,
                outcome.equals("delivered") ? null : "The endpoint answered 404");
    }

    /** The application folds by itself. */
    private JsonPath folded(int accepted) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> series("hour", FROM, TO), read -> read.getInt("accepted") == accepted);
    }

    private JsonPath series(String interval, Instant from, Instant to) {
        return as(tenant)
                .queryParam("from", from.toString())
                .queryParam("to", to.toString())
                .queryParam("interval", interval)
                .get("/v1/statistics")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
