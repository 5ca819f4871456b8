package dev.tidings.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tidings.queue.DeliveryQueue;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What does not fit is refused, says when to come back, and is taken then. */
@QuarkusTest
@TestProfile(OverloadTest.Narrow.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class OverloadTest {
    /** One statement at a time, and three events may wait for it. */
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tidings.queue.concurrent-statements", "1", "tidings.queue.waiting-events", "3");
        }
    }

    @Inject
    DeliveryQueue queue;

    @Inject
    DataSource database;

    private final String sample;

    OverloadTest() throws IOException {
        sample = Files.readString(Path.of("src/docs/samples/email-bounce.json")).replaceAll("\\s+", " ");
    }

    @Test
    void aFullQueueAnswers429AndRecovers() throws Exception {
        List<Future<Response>> taken = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                Connection lock = lockedQueue()) {
            taken.add(clients.submit(this::post));
            awaitBlockedStatement();
            for (int i = 0; i < 3; i++) {
                assertThat(queue.isOverloaded()).isFalse();
                taken.add(clients.submit(this::post));
            }
            await().until(queue::isOverloaded);

            for (String type : List.of("application/json", "application/x-ndjson")) {
                given().contentType(type)
                        .body(sample.getBytes(StandardCharsets.UTF_8))
                        .post("/v1/feedback-events")
                        .then()
                        .statusCode(429)
                        .header("Retry-After", "1")
                        .contentType("application/problem+json")
                        .body("detail", containsString("wait for their commit"));
            }
            lock.rollback();

            for (Future<Response> one : taken) {
                one.get(10, TimeUnit.SECONDS).then().statusCode(202).body("skipped", equalTo(1));
            }
        }
        assertThat(queue.isOverloaded()).isFalse();
        post().then().statusCode(202);
        assertThat(new DeliveryRows(database).count("SELECT count(*) FROM event"))
                .as("what was refused is not there")
                .isEqualTo(5);
    }

    private Response post() {
        return given().contentType("application/json").body(sample).post("/v1/feedback-events");
    }

    /** Inserts wait until this transaction ends. */
    private Connection lockedQueue() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE event IN EXCLUSIVE MODE");
        }
        return connection;
    }

    private void awaitBlockedStatement() {
        var rows = new DeliveryRows(database);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> rows.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO event_key%'")
                        == 1);
    }
}
