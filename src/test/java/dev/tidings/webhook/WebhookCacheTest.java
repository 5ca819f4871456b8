package dev.tidings.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Requests;
import dev.tidings.webhook.WebhookCache.Target;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class WebhookCacheTest {
    private static final Duration FRESH = Duration.ofSeconds(1);

    @Inject
    WebhookRow webhookRows;

    @Inject
    WebhookCache cache;

    @Inject
    Heard heard;

    @Inject
    Event<WebhookChanged> changes;

    @Inject
    DataSource database;

    @Inject
    Vertx vertx;

    private final Tenant tenant = Requests.newTenant();
    private DeliveryRows rows;

    @BeforeEach
    void connect() {
        rows = new DeliveryRows(database);
    }

    @Test
    void isReadyOnceTheApplicationHasStarted() {
        assertThat(cache.isReady()).isTrue();
    }

    @Test
    void showsWithinASecondWhatAnotherNodeDoes() {
        UUID id = rows.webhook(tenant, "active", "https://hooks.example.com/", "email");
        await().atMost(FRESH).until(() -> cache.find(tenant) != null);
        assertThat(cache.byId(id)).isNotNull().satisfies(endpoint -> {
            assertThat(endpoint.tenant()).isEqualTo(tenant);
            assertThat(endpoint.channels()).containsExactly(Channel.EMAIL);
            assertThat(endpoint.active()).isTrue();
        });
        assertThat(cache.all()).contains(cache.byId(id));

        rows.execute(
                "UPDATE webhook SET url = 'https://new.example.com/', channels = 'sms', version = 2 WHERE id = ?", id);
        await().atMost(FRESH).until(() -> shown(id).url().getHost().equals("new.example.com"));
        assertThat(shown(id).channels()).containsExactly(Channel.SMS);

        rows.execute("UPDATE webhook SET state = 'paused', version = 3 WHERE id = ?", id);
        await().atMost(FRESH).until(() -> !shown(id).active());

        rows.execute("DELETE FROM webhook WHERE id = ?", id);
        await().atMost(FRESH).until(() -> cache.byId(id) == null && cache.find(tenant) == null);

        await().atMost(FRESH).until(() -> heard.changesOf(id) == 4);
    }

    @Test
    void showsTheNewWebhookOfASandboxThatLostItsFormerOne() {
        UUID former = rows.webhook(tenant, "active", "https://hooks.example.com/", "email");
        await().atMost(FRESH).until(() -> cache.byId(former) != null);

        rows.execute("DELETE FROM webhook WHERE id = ?", former);
        UUID next = rows.webhook(tenant, "active", "https://hooks.example.com/", "email");

        await().atMost(FRESH).until(() -> cache.byId(next) != null && cache.byId(former) == null);
        assertThat(cache.find(tenant)).isEqualTo(cache.byId(next));
    }

    @Test
    void aLateReadingNeitherGoesBackNorBringsBackWhatWasDeleted() {
        var own = new WebhookCache(webhookRows, changes);
        Endpoint first = endpoint(1);
        Endpoint second = atVersion(first, 2);
        assertThat(own.put(first) && own.put(second)).isTrue();

        assertThat(own.put(first)).isFalse();
        assertThat(own.byId(first.id())).isEqualTo(second);

        assertThat(own.forget(first.id())).isTrue();
        assertThat(own.put(second)).isFalse();
        assertThat(own.put(atVersion(first, 9))).isFalse();
        assertThat(own.byId(first.id())).isNull();
        assertThat(own.find(tenant)).isNull();
    }

    @Test
    void aLateReadingOfTheFormerWebhookDoesNotHideItsSuccessor() {
        var own = new WebhookCache(webhookRows, changes);
        Endpoint former = endpoint(1);
        Endpoint next = endpoint(1);
        own.put(former);
        own.put(next);
        own.put(atVersion(former, 2));

        own.forget(former.id());

        assertThat(own.find(tenant)).isEqualTo(next);
        own.forget(next.id());
        assertThat(own.find(tenant)).isNull();
    }

    @Test
    void whatThisNodeCantReadKeepsItsEventsUntilItCan() {
        int before = cache.unreadable();
        UUID id = rows.webhook(tenant, "active", "https://hooks.example.com/", "email");
        await().atMost(FRESH).until(() -> cache.find(tenant) != null);
        rows.execute("DELETE FROM webhook WHERE id = ?", id);
        await().atMost(FRESH).until(() -> cache.target(tenant) == null);

        UUID later = rows.webhook(
                tenant, "active", "https://hooks.example.com/", "sms", "{\"type\": \"of a later version\"}");

        await().atMost(FRESH).until(() -> cache.target(tenant) != null);
        assertThat(cache.target(tenant)).isEqualTo(new Target(later, Set.of(Channel.SMS), PayloadVersion.V1));
        assertThat(cache.find(tenant)).isNull();
        assertThat(cache.unreadable()).isEqualTo(before + 1);
        Rereading.of(cache, vertx);
        assertThat(cache.target(tenant)).isNotNull();

        rows.execute(
                "UPDATE webhook SET authentication = '{\"type\": \"none\"}', secret = NULL, version = 2 WHERE id = ?",
                later);
        await().atMost(FRESH).until(() -> cache.find(tenant) != null);
        assertThat(cache.unreadable()).isEqualTo(before);
        rows.execute("DELETE FROM webhook WHERE id = ?", later);
        await().atMost(FRESH).until(() -> cache.target(tenant) == null);
    }

    @Test
    void anOlderVersionHoldsWhereTheNewerOneCantBeRead() {
        UUID id = rows.webhook(tenant, "active", "https://hooks.example.com/", "email");
        await().atMost(FRESH).until(() -> cache.find(tenant) != null);
        Endpoint known = shown(id);
        int before = cache.unreadable();

        rows.execute(
                "UPDATE webhook SET authentication = '{\"type\": \"later\"}', secret = 's', version = 2 WHERE id = ?",
                id);
        Rereading.of(cache, vertx);

        assertThat(cache.find(tenant)).isEqualTo(known);
        assertThat(cache.unreadable()).isEqualTo(before);
        rows.execute("DELETE FROM webhook WHERE id = ?", id);
    }

    private Endpoint shown(UUID id) {
        return Objects.requireNonNull(cache.byId(id));
    }

    private Endpoint endpoint(int version) {
        return new Endpoint(
                UUID.randomUUID(),
                tenant,
                version,
                true,
                Set.of(Channel.EMAIL),
                URI.create("https://hooks.example.com/"),
                new Authentication.None(),
                List.of(),
                PayloadVersion.V1,
                new Signing.None(),
                Tls.USUAL);
    }

    private static Endpoint atVersion(Endpoint e, int version) {
        return new Endpoint(
                e.id(),
                e.tenant(),
                version,
                e.active(),
                e.channels(),
                e.url(),
                e.authentication(),
                e.headers(),
                e.payloadVersion(),
                e.signing(),
                e.tls());
    }

    /** Notes what the cache tells. */
    @ApplicationScoped
    static class Heard {
        private final Queue<WebhookChanged> changes = new ConcurrentLinkedQueue<>();

        void note(@Observes WebhookChanged change) {
            changes.add(change);
        }

        long changesOf(UUID id) {
            return changes.stream()
                    .filter(change -> change.webhookId().equals(id))
                    .count();
        }
    }
}
