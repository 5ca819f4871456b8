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
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
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
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class ReplayResourceTest {
    @TestHTTPResource("/dev/inbox")
    String inbox = "";

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
    void aDryRunCountsAndSendsNothing() {
        failed(3);
        rows.delivered(event(10));

        post("{'filter': {'state': 'failed'}, 'dryRun': true}")
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("counted", equalTo(3))
                .body("countedAll", equalTo(true));
        post("{'filter': {'state': 'failed', 'to': '" + NOON.plusSeconds(2) + "'}, 'dryRun': true}")
                .body("counted", equalTo(2));
        post("{'filter': {}, 'dryRun': true}").body("counted", equalTo(4));

        as(tenant).get("/v1/replays").then().statusCode(200).body("items", hasSize(0));
        assertThat(rows.count("SELECT count(*) FROM failed_delivery WHERE ims_org = ?", tenant.imsOrg()))
                .isEqualTo(3);
    }

    /** From the request to the receiver: the application's own inbox. */
    @Test
    void allAreDeliveredWithTheirOldIdsAndTheNextNumbers() {
        List<String> ids = IntStream.range(0, 20)
                .mapToObj(i -> {
                    String eventId = "order-" + UUID.randomUUID();
                    UUID id = rows.failed(event(i).withEventId(eventId), "The endpoint answered 404");
                    rows.attempt(id, 1, "failed", 404, "The endpoint answered 404");
                    return eventId;
                })
                .toList();
        rows.skipped(event(30), SkipReason.CAMPAIGN_NOT_ENABLED);
        webhook("active", inbox);

        String location = post("{'filter': {'channel': 'email'}, 'ratePerSecond': 1000}")
                .statusCode(202)
                .body("state", equalTo("queued"))
                .body("counted", equalTo(21))
                .body("ratePerSecond", equalTo(1_000))
                .body("filter.channel", equalTo("email"))
                .body("filter.to", notNullValue())
                .body("createdBy", equalTo("anonymous"))
                .extract()
                .header("Location");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(tenant)
                        .get(location)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("completed"))
                        .body("replayed", equalTo(20))
                        .body("skipped", equalTo(1))
                        .body("skippedBecause[0].reason", equalTo("It was recorded and never sent"))
                        .body("startedAt", notNullValue())
                        .body("endedAt", notNullValue()));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(tenant)
                        .get("/v1/deliveries?state=delivered")
                        .then()
                        .body("items", hasSize(20))
                        .body("items.attemptCount.unique()", contains(2)));
        var received = given().get("/dev/inbox").then().extract().jsonPath();
        for (String id : ids) {
            assertThat(received.getList(
                            "items.findAll { it.headers.'webhook-id' == '" + id + "' }.headers.'webhook-attempt'"))
                    .containsExactly("2");
        }
    }

    @Test
    void aSandboxHasOneReplayAtATimeAndItCanBeCancelled() {
        failed(30);
        webhook("paused", "http://localhost:1/");
        ValidatableResponse first =
                post("{'filter': {'state': 'failed'}, 'ratePerSecond': 1}").statusCode(202);
        String location = first.extract().header("Location");

        post("{'filter': {}}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString(first.extract().path("id")));
        post("{'filter': {}, 'dryRun': true}").statusCode(200);

        as(tenant)
                .delete(location)
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"))
                .body("replayed", lessThan(30))
                .body("endedAt", notNullValue());
        as(tenant).delete(location).then().statusCode(200).body("state", equalTo("cancelled"));
        as(tenant).get(location).then().statusCode(200).body("state", equalTo("cancelled"));
        post("{'filter': {'state': 'failed'}}").statusCode(202);
    }

    @Test
    void whatIsCompletedCannotBeCancelled() {
        webhook("paused", "http://localhost:1/");
        String location = post("{'filter': {}}").statusCode(202).extract().header("Location");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(tenant).get(location).then().body("state", equalTo("completed")));

        as(tenant)
                .delete(location)
                .then()
                .statusCode(409)
                .body("detail", containsString("is completed: there is nothing to cancel"));
    }

    @Test
    void listsNewestFirst() {
        webhook("paused", "http://localhost:1/");
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(i -> {
                    String id = post("{'filter': {'campaignID': 'c" + i + "'}, 'ratePerSecond': 1}")
                            .statusCode(202)
                            .extract()
                            .<String>path("id");
                    as(tenant).delete("/v1/replays/" + id);
                    return id;
                })
                .toList();

        String cursor = as(tenant)
                .get("/v1/replays?limit=2")
                .then()
                .statusCode(200)
                .body("items.id", contains(ids.get(2), ids.get(1)))
                .extract()
                .path("nextCursor");
        as(tenant)
                .get("/v1/replays?cursor=" + cursor)
                .then()
                .body("items.id", contains(ids.get(0)))
                .body("nextCursor", nullValue());
        as(tenant).get("/v1/replays?limit=0").then().statusCode(422);
    }

    @Test
    void anotherTenantsReplayIsNotFound() {
        webhook("paused", "http://localhost:1/");
        failed(5);
        String location = post("{'filter': {'state': 'failed'}, 'ratePerSecond': 1}")
                .extract()
                .header("Location");
        Tenant sibling = new Tenant(tenant.imsOrg(), "dev");

        as(sibling).get(location).then().statusCode(404).body("detail", containsString("has no replay"));
        as(sibling).delete(location).then().statusCode(404);
        as(sibling).get("/v1/replays").then().body("items", hasSize(0));
        as(newTenant()).get(location).then().statusCode(404);
        as(tenant).get("/v1/replays/no-uuid").then().statusCode(404);
        as(tenant).get(location).then().statusCode(200);
        as(tenant).delete(location).then().statusCode(200);
    }

    @Test
    void withoutAWebhookThereIsNothingToReplayTo() {
        post("{'filter': {}}").statusCode(409).body("detail", containsString("has no webhook"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'filter': {'state': 'lost'}} | filter.state | must be one of pending",
                "{'filter': {'state': 'skipped'}} | filter.state | never sent",
                "{'filter': {'state': 5}} | filter.state | must be a string",
                "{'filter': {'channel': 'push'}} | filter.channel | must be one of email, sms",
                "{'filter': {'feedbackStatus': 'opened'}} | filter.feedbackStatus | must be one of",
                "{'filter': {'from': 'yesterday'}} | filter.from | ISO-8601",
                "{'filter': {'from': '2026-10-07T00:00:00Z', 'to': '2026-10-06T00:00:00Z'}} | filter.from | not be after",
                "{'filter': {'campaignId': 'c'}} | filter.campaignId | use one of campaignID",
                "{'filter': {'campaignID': 'a\\u0000b'}} | filter.campaignID | must not contain",
                "{'filter': []} | filter | must be an object",
                "{} | filter | is required",
                "{'filter': {}, 'ratePerSecond': 0} | ratePerSecond | from 1 to 1000",
                "{'filter': {}, 'ratePerSecond': 1001} | ratePerSecond | from 1 to 1000",
                "{'filter': {}, 'ratePerSecond': 'fast'} | ratePerSecond | from 1 to 1000",
                "{'filter': {}, 'dryRun': 'yes'} | dryRun | true or false",
            })
    void saysWhatIsWrongWithARequest(String body, String field, String why) {
        post(body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", hasItem(field))
                .body("violations.find { it.field == '" + field + "' }.message", containsString(why));
    }

    @Test
    void whatIsNotJsonCannotBeRead() {
        as(tenant).body("{").post("/v1/replays").then().statusCode(400);
        as(tenant)
                .contentType("text/plain")
                .body("{}")
                .post("/v1/replays")
                .then()
                .statusCode(415);
    }

    private void failed(int number) {
        for (int i = 0; i < number; i++) {
            rows.failed(event(i), "The endpoint answered 404");
        }
    }

    private Event event(int secondsAfterNoon) {
        return Event.plain(tenant, NOON.plusSeconds(secondsAfterNoon));
    }

    private void webhook(String state, String url) {
        rows.webhook(tenant, state, url, "email");
        await().until(() -> webhooks.find(tenant) != null);
    }

    private ValidatableResponse post(String body) {
        return as(tenant).body(body.replace('\'', '"')).post("/v1/replays").then();
    }
}
