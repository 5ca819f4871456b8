package dev.tidings.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Has all webhooks read anew, on a Vert.x context as the clock that usually asks for it. */
final class Rereading {
    private Rereading() {}

    static void of(WebhookCache cache, Vertx vertx) {
        var done = new CompletableFuture<@Nullable Void>();
        vertx.runOnContext(go -> cache.reread().subscribe().with(done::complete, done::completeExceptionally));
        assertThat(done).succeedsWithin(Duration.ofSeconds(10));
    }
}
