package dev.tidings.telemetry;

import dev.tidings.webhook.WebhookCache;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: the configuration is in memory and the database answers. */
@Readiness
@ApplicationScoped
class ReadyHealth implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pool pool;
    private final WebhookCache webhooks;

    ReadyHealth(Pool pool, WebhookCache webhooks) {
        this.pool = pool;
        this.webhooks = webhooks;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.query("SELECT 1")
                .execute()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(rows -> webhooks.isReady())
                .onFailure()
                .recoverWithItem(false)
                .map(up -> HealthCheckResponse.named("database and configuration")
                        .status(up)
                        .build());
    }
}
