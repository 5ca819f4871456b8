package dev.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.ReadyTenant;
import dev.tidings.testing.Requests;
import dev.tidings.testing.StubReceiver;
import dev.tidings.webhook.WebhookCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** As during an upgrade: a later version wrote a webhook that this one can't read. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class UnreadableWebhookTest {
    @Inject
    DataSource database;

    @Inject
    WebhookCache cache;

    @Inject
    MeterRegistry registry;

    @Test
    void itsEventsAreAcceptedAndWaitForWhoCanReadIt() {
        var rows = new DeliveryRows(database);
        Tenant tenant = Requests.newTenant();
        Requests.enableCampaign(tenant);
        try (var receiver = StubReceiver.plain()) {
            UUID webhook = rows.webhook(tenant, "active", receiver.url("/"), "email", "{\"type\": \"later\"}");
            await().until(() -> cache.target(tenant) != null);
            var ready = new ReadyTenant(tenant, webhook.toString());

            ready.post(3);

            assertThat(ready.deliveries("").getList("items.state")).containsExactly("pending", "pending", "pending");
            assertThat(registry.get("tidings.webhooks.unreadable").gauge().value())
                    .isPositive();
            assertThat(receiver.requests()).isEmpty();

            rows.execute(
                    "UPDATE webhook SET authentication = '{\"type\": \"none\"}', secret = NULL, version = 2 WHERE id = ?",
                    webhook);

            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            ready.deliveries("state=delivered").getList("items").size() == 3);
            assertThat(receiver.requests()).hasSize(3);
        }
    }
}
