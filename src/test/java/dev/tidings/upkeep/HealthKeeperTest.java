package dev.tidings.upkeep;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.queue.StatisticsFold;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Postgres;
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

/** Ten attempts and four fifths failing within 24 hours make an endpoint unstable; three days of that pause its webhook. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class HealthKeeperTest {
    private static final String PATH = "/v1/feedback-webhooks";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    HealthKeeper keeper;

    @Inject
    StatisticsFold fold;

    @Inject
    DataSource database;

    @Inject
    ManualClock clock;

    private final Tenant tenant = newTenant();
    private DeliveryRows rows;
    private UUID webhook;

    /** The rows that are put in by hand have the database's time: what the webhook's clock says must not be ahead of it. */
    @BeforeEach
    void create() {
        clock.reset();
        rows = new DeliveryRows(database);
        webhook = UUID.fromString(as(tenant)
                .body(body("Order status", "https://hooks.example.com/feedback"))
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    @Test
    void aNewWebhookIsActiveSinceItsCreation() {
        JsonPath shown = shown();
        assertThat(shown.getString("health.state")).isEqualTo("active");
        assertThat(shown.getString("health.since")).isEqualTo(shown.getString("createdAt"));
        assertThat(shown.getMap("health")).doesNotContainKey("reason");
    }

    @Test
    void tenAttemptsOfWhichEightFailMakeItUnstable() {
        attempts(2, "delivered");
        attempts(7, "retrying");
        attempts(1, "failed");

        JsonPath unstable = lookedAt(10);

        assertThat(unstable.getString("health.state")).isEqualTo("unstable");
        assertThat(unstable.getInt("health.failing")).isEqualTo(8);
        assertThat(unstable.getString("health.reason"))
                .isEqualTo("8 of 10 attempts within 24 hours failed, most often: The endpoint answered 500");
        assertThat(unstable.getString("state")).isEqualTo("active");
        assertThat(as(tenant).get(PATH).jsonPath().getString("items[0].health.state"))
                .as("in the inventory too")
                .isEqualTo("unstable");
        String since = unstable.getString("health.since");
        attempts(1, "failed");
        assertThat(lookedAt(11).getString("health.since")).as("it stays so").isEqualTo(since);
    }

    @Test
    void nineAttemptsAreTooFewToTell() {
        attempts(9, "failed");

        assertThat(lookedAt(9).getString("health.state")).isEqualTo("active");
    }

    @Test
    void sevenOfTenAreNotEnough() {
        attempts(7, "failed");
        attempts(3, "delivered");

        assertThat(lookedAt(10).getString("health.state")).isEqualTo("active");
    }

    @Test
    void itIsActiveAgainWhenAttemptsSucceed() {
        attempts(10, "failed");
        assertThat(lookedAt(10).getString("health.state")).isEqualTo("unstable");

        attempts(10, "delivered");

        assertThat(lookedAt(20).getString("health.state")).isEqualTo("active");
    }

    @Test
    void attemptsOfTheDayBeforeDoNotCount() {
        rows.execute("UPDATE webhook SET armed_at = now() - interval '3 days' WHERE id = ?", webhook);
        for (int i = 0; i < 12; i++) {
            attempt("failed", Instant.now().minus(Duration.ofHours(25)));
        }
        attempts(1, "failed");

        assertThat(lookedAt(1).getString("health.state")).isEqualTo("active");
    }

    @Test
    void threeUnstableDaysPauseTheWebhookUntilAPersonResumesIt() {
        unstableFor("73 hours");

        JsonPath disabled = disabled();

        assertThat(disabled.getString("state")).isEqualTo("paused");
        assertThat(disabled.getString("stateReason"))
                .startsWith("disabled by health: 10 of 10 attempts within 24 hours failed");
        assertThat(disabled.getString("modifiedBy")).isEqualTo("tidings");
        assertThat(disabled.getInt("health.failing")).as("what led to it").isEqualTo(10);

        JsonPath resumed = as(tenant).post(PATH + "/" + webhook + "/resume").jsonPath();

        assertThat(resumed.getString("state")).isEqualTo("active");
        assertThat(resumed.getString("health.state")).isEqualTo("active");
        attempts(1, "delivered");
        assertThat(lookedAt(1).getString("health.state"))
                .as("what failed before is forgotten")
                .isEqualTo("active");
    }

    @Test
    void threeDaysHaveToPass() {
        unstableFor("71 hours");
        attempts(1, "failed");

        assertThat(lookedAt(11).getString("state")).isEqualTo("active");
    }

    @Test
    void anotherUrlBeginsAnewAndAnotherNameDoesNot() {
        attempts(10, "failed");
        lookedAt(10);

        as(tenant)
                .body(body("Another name", "https://hooks.example.com/feedback"))
                .put(PATH + "/" + webhook)
                .then()
                .statusCode(200);
        assertThat(shown().getString("health.state")).isEqualTo("unstable");

        as(tenant)
                .body(body("Another name", "https://hooks.example.com/new"))
                .put(PATH + "/" + webhook)
                .then()
                .statusCode(200);
        assertThat(shown().getString("health.state")).isEqualTo("active");
        assertThat(shown().getInt("health.attempts")).isZero();
    }

    private void unstableFor(String interval) {
        attempts(10, "failed");
        lookedAt(10);
        rows.execute("UPDATE webhook_health SET since = now() - ?::interval WHERE webhook_id = ?", interval, webhook);
    }

    private JsonPath disabled() {
        await().atMost(PATIENCE).until(() -> {
            keeper.look().await().atMost(PATIENCE);
            return shown().getString("health.state").equals("disabled");
        });
        return shown();
    }

    /** Looked at until so many attempts are counted: another look or fold may be under way. */
    private JsonPath lookedAt(int attempts) {
        await().atMost(PATIENCE).until(() -> {
            fold.fold().await().atMost(PATIENCE);
            keeper.look().await().atMost(PATIENCE);
            return shown().getInt("health.attempts") == attempts;
        });
        return shown();
    }

    private JsonPath shown() {
        return as(tenant).get(PATH + "/" + webhook).jsonPath();
    }

    private void attempts(int number, String outcome) {
        for (int i = 0; i < number; i++) {
            attempt(outcome, Instant.now());
        }
    }

    private void attempt(String outcome, Instant startedAt) {
        rows.execute(
                "INSERT INTO attempt VALUES (?, 1, ?, 12, ?, ?, NULL, NULL)",
                rows.delivered(Event.plain(tenant, Instant.now())),
                startedAt.atOffset(ZoneOffset.UTC),
                outcome,
                outcome.equals("delivered") ? 200 : 500);
    }

    private static String body(String name, String url) {
        return "{\"name\": \"" + name + "\", \"channels\": [\"email\"], \"url\": \"" + url + "\"}";
    }
}
