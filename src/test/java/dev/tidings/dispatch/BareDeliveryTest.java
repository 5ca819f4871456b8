package dev.tidings.dispatch;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.DeliveryRows.Event;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class BareDeliveryTest {
    @Inject
    DataSource database;

    @Test
    void aDeliveryWhosePayloadIsGoneFailsAndNothingIsSent() {
        Tenant tenant = newTenant();
        var rows = new DeliveryRows(database);
        try (var receiver = StubReceiver.plain()) {
            String webhook = as(tenant)
                    .body("{\"name\": \"n\", \"channels\": [\"email\"], \"url\": \"" + receiver.url("/") + "\"}")
                    .post("/v1/feedback-webhooks")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            as(tenant).post("/v1/feedback-webhooks/" + webhook + "/pause");
            UUID bare = rows.pending(Event.plain(tenant, DeliveryRows.NOON), DeliveryRows.NOON);
            rows.execute("UPDATE event SET payload = '' WHERE id = ?", bare);
            as(tenant).post("/v1/feedback-webhooks/" + webhook + "/resume");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> as(tenant)
                            .get("/v1/deliveries/" + bare)
                            .path("state")
                            .equals("failed"));

            assertThat(as(tenant).get("/v1/deliveries/" + bare).<String>path("reason"))
                    .isEqualTo("Its payload is gone: nothing was sent");
            assertThat(receiver.requests()).isEmpty();
        }
    }
}
