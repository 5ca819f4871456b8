package dev.tidings.console;

import static dev.tidings.testing.DeliveryRows.NOON;
import static dev.tidings.testing.DeliveryRows.newTenant;
import static dev.tidings.testing.Requests.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
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
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class DeliveryResourceTest {
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
    void listsInTheWordsOfTheContract() {
        UUID id = rows.failed(event(0).withEventId("order-7"), "The endpoint answered 404");
        rows.attempt(id, 1, "failed", 404, "The endpoint answered 404");

        as(tenant)
                .get("/v1/deliveries")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("nextCursor", nullValue())
                .body("$", hasKey("nextCursor"))
                .body("items[0].id", equalTo(id.toString()))
                .body("items[0].eventId", equalTo("order-7"))
                .body("items[0].state", equalTo("failed"))
                .body("items[0].reason", equalTo("The endpoint answered 404"))
                .body("items[0].channel", equalTo("email"))
                .body("items[0].feedbackStatus", equalTo("bounce"))
                .body("items[0].campaignID", equalTo("campaign-1"))
                .body("items[0].requestId", equalTo("request-1"))
                .body("items[0].messageExecutionID", equalTo("HUMA-1"))
                .body("items[0].acceptedAt", equalTo(NOON.toString()))
                .body("items[0].attemptCount", equalTo(1))
                .body("items[0].lastStatusCode", equalTo(404))
                .body("items[0].lastError", equalTo("The endpoint answered 404"))
                .body("items[0]", hasKey("nextAttemptAt"))
                .body("items[0]", not(hasKey("timestamp")));
    }

    @Test
    void filtersAndPages() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.addFirst(rows.skipped(event(i).about("sms", "read"), SkipReason.STATUS_NOT_SENT)
                    .toString());
            rows.delivered(event(i));
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var page = page(cursor);
            seen.addAll(page.getList("items.id", String.class));
            cursor = page.getString("nextCursor");
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void aPeriodIsGivenInIso8601() {
        UUID id = rows.delivered(event(60));
        rows.delivered(event(0));
        rows.delivered(event(120));

        as(tenant)
                .queryParam("from", NOON.plusSeconds(30).toString())
                .queryParam(
                        "to",
                        NOON.plusSeconds(90).atOffset(ZoneOffset.ofHours(2)).toString())
                .get("/v1/deliveries")
                .then()
                .body("items.id", contains(id.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "state, FAILED",
        "state, lost",
        "channel, push",
        "feedbackStatus, opened",
        "limit, 0",
        "limit, 201",
        "limit, -1",
        "limit, ten",
        "limit, 99999999999",
        "cursor, abc",
        "cursor, '%%%'",
        "cursor, AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "from, yesterday",
        "to, 2026-10-06",
        "from, +1000000001-01-01T00:00:00Z",
    })
    void saysWhatIsWrongWithAQuery(String name, String value) {
        as(tenant)
                .queryParam(name, value)
                .get("/v1/deliveries")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", contains(name))
                .body("violations[0].message", containsString("must be"));
    }

    @Test
    void anEmptyFilterDoesNotNarrow() {
        rows.delivered(event(0));

        as(tenant)
                .get("/v1/deliveries?state=&campaignID=&limit=&cursor=")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void aNulInAFilterIsAMistakeOfTheCaller() {
        as(tenant)
                .urlEncodingEnabled(false)
                .get("/v1/deliveries?requestId=a%00b")
                .then()
                .statusCode(422);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        as(tenant)
                .queryParam("state", "lost")
                .queryParam("limit", "0")
                .queryParam("from", "2026-10-07T00:00:00Z")
                .queryParam("to", "2026-10-06T00:00:00Z")
                .get("/v1/deliveries")
                .then()
                .statusCode(422)
                .body("violations.field", contains("state", "from", "limit"));
    }

    @Test
    void showsADeliveryWithPayloadAndAttempts() {
        UUID id = rows.retrying(event(0), NOON.plusSeconds(120), 1);
        rows.attempt(id, 1, "retrying", 503, "The endpoint answered 503");
        rows.attempt(id, 2, "retrying", null, "No connection");

        var response = as(tenant).get("/v1/deliveries/" + id);

        response.then()
                .statusCode(200)
                .body("id", equalTo(id.toString()))
                .body("state", equalTo("retrying"))
                .body("nextAttemptAt", equalTo(NOON.plusSeconds(120).toString()))
                .body("attempts.number", contains(1, 2))
                .body("attempts.outcome", contains("retrying", "retrying"))
                .body("attempts[0].statusCode", equalTo(503))
                .body("attempts[0].durationMillis", equalTo(12))
                .body("attempts[0].responseBody", equalTo("the answer"))
                .body("attempts[1]", not(hasKey("statusCode")))
                .body("attempts[1].error", equalTo("No connection"));
        assertThat(response.asString()).contains("\"payload\":{\"z\":1.50,\"a\":null}");
    }

    @Test
    void whatIsDueLaterWaitsForTheSchedule() {
        UUID webhook = rows.webhook(tenant, "active", "http://localhost:1/", "email");
        await().until(() -> webhooks.byId(webhook) != null);
        UUID id = rows.retrying(event(0), Instant.now().plusSeconds(3_600), 1);

        assertWaitsFor("schedule", id);
    }

    @Test
    void whatBelongsToAPausedWebhookWaitsForItsResumeHoweverLongItIsDue() {
        UUID webhook = rows.pausedWebhook(tenant);
        await().until(() -> webhooks.byId(webhook) != null);
        UUID id = rows.retrying(event(0), NOON.plusSeconds(120), 1);

        assertWaitsFor("resume", id);
    }

    @Test
    void whatHasEndedOrIsAttemptedWaitsForNothing() {
        assertWaitsFor(null, rows.delivered(event(0)));
        assertWaitsFor(null, rows.failed(event(1), "no"));
        assertWaitsFor(null, rows.delivering(event(2), rows.node()));
    }

    private void assertWaitsFor(@Nullable String what, UUID id) {
        as(tenant).get("/v1/deliveries/" + id).then().statusCode(200).body("waitingFor", equalTo(what));
        as(tenant).get("/v1/deliveries").then().body("items.find { it.id == '" + id + "' }.waitingFor", equalTo(what));
    }

    @Test
    void saysWhyADeliveryWasSkipped() {
        UUID id = rows.skipped(event(0), SkipReason.CHANNEL_NOT_SELECTED);

        as(tenant)
                .get("/v1/deliveries/" + id)
                .then()
                .body("state", equalTo("skipped"))
                .body("reason", equalTo("The webhook did not select this channel"))
                .body("attempts", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uuid", "0199c2f4-7a10-7000-8000-0c5d2f6f1b2a", "%20", "1-1-1-1-1"})
    void anUnknownIdIsNotFound(String id) {
        as(tenant).urlEncodingEnabled(false).get("/v1/deliveries/" + id).then().statusCode(404);
        as(tenant)
                .urlEncodingEnabled(false)
                .post("/v1/deliveries/" + id + "/redeliver")
                .then()
                .statusCode(404);
    }

    @Test
    void anotherTenantsDeliveryIsNotFound() {
        UUID id = rows.failed(event(0), "no");
        Tenant sibling = new Tenant(tenant.imsOrg(), "dev");

        as(sibling).get("/v1/deliveries").then().statusCode(200).body("items", hasSize(0));
        as(sibling).get("/v1/deliveries/" + id).then().statusCode(404);
        as(sibling).post("/v1/deliveries/" + id + "/redeliver").then().statusCode(404);
        as(newTenant()).get("/v1/deliveries/" + id).then().statusCode(404);
    }

    @Test
    void whatWasSkippedCannotBeSentAgain() {
        UUID id = rows.skipped(event(0), SkipReason.CAMPAIGN_NOT_ENABLED);

        as(tenant)
                .post("/v1/deliveries/" + id + "/redeliver")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("The campaign has webhooks switched off"));
    }

    @Test
    void withoutAWebhookNothingCanBeSentAgain() {
        UUID id = rows.failed(event(0), "no");

        as(tenant)
                .post("/v1/deliveries/" + id + "/redeliver")
                .then()
                .statusCode(409)
                .body("detail", containsString("has no webhook"));
    }

    @Test
    void aRedeliveryWaitsForAPausedWebhookAndSaysSo() {
        UUID webhook = rows.pausedWebhook(tenant);
        await().until(() -> webhooks.find(tenant) != null);
        UUID id = rows.failed(event(0), "no");
        rows.attempt(id, 1, "failed", 404, "no");

        as(tenant)
                .post("/v1/deliveries/" + id + "/redeliver")
                .then()
                .statusCode(202)
                .body("id", equalTo(id.toString()))
                .body("state", equalTo("pending"))
                .body("attemptCount", equalTo(1))
                .body("nextAttemptAt", notNullValue())
                .body("note", containsString("paused"));

        as(tenant)
                .get("/v1/deliveries/" + id)
                .then()
                .body("state", equalTo("pending"))
                .body("webhookId", equalTo(webhook.toString()))
                .body("$", not(hasKey("reason")));
    }

    private Event event(int secondsAfterNoon) {
        return Event.plain(tenant, NOON.plusSeconds(secondsAfterNoon));
    }

    private JsonPath page(@Nullable String cursor) {
        RequestSpecification request = as(tenant)
                .queryParam("state", "skipped")
                .queryParam("channel", "sms")
                .queryParam("feedbackStatus", "read")
                .queryParam("limit", 3);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/v1/deliveries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
