package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The sender as the application puts it together: the limit of a whole attempt is an annotation's. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class AttemptTimeoutTest {
    private static final Duration DRIP = Duration.ofMillis(200);

    @Inject
    WebhookSender sender;

    @Inject
    Vertx vertx;

    private record Came(SendResult result, Duration after, boolean whereItWasAskedFor) {}

    @Test
    void whoTakesTooLongIsLeftWhenTheTimeIsUpAndNoConnectionLeaks() {
        try (var hangs = StubReceiver.plain().always(new Reaction.Hang());
                var hangsOverTls = StubReceiver.tlsWithoutHttp2().always(new Reaction.Hang());
                var drips = StubReceiver.tlsWithoutHttp2().always(new Reaction.Drip(DRIP));
                var hangsOnce = StubReceiver.tls().then(new Reaction.Hang());
                var dripsOnce = StubReceiver.tls().then(new Reaction.Drip(DRIP))) {
            var all = List.of(hangs, hangsOverTls, drips, hangsOnce, dripsOnce);
            var begun = all.stream().map(this::begin).toList();

            for (int i = 0; i < all.size(); i++) {
                Came came = begun.get(i).join();
                assertThat(came.result)
                        .isEqualTo(new Broken(
                                Fault.TIMEOUT,
                                "No whole answer from localhost:" + all.get(i).port() + " within 10 s"));
                assertThat(came.after).isBetween(Duration.ofMillis(9_900), Duration.ofSeconds(15));
                assertThat(came.whereItWasAskedFor).isTrue();
            }
            List.of(hangs, hangsOverTls, drips).forEach(StubReceiver::awaitNoConnection);
            for (var http2 : List.of(hangsOnce, dripsOnce)) {
                // There it is the stream that ends: the connection is as good as before.
                assertThat(begin(http2).join().result).isInstanceOf(Answered.class);
                assertThat(http2.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void anAnswerComesBackOnTheContextThatAsked() {
        try (var receiver = StubReceiver.tls()) {
            for (int i = 0; i < 10; i++) {
                Came came = begin(receiver).join();

                assertThat(came.result).isEqualTo(new Answered(200, "", null));
                assertThat(came.whereItWasAskedFor).isTrue();
            }
            assertThat(receiver.requests().getFirst().header("user-agent")).matches("Tidings/\\d.*");
        }
    }

    private CompletableFuture<Came> begin(StubReceiver receiver) {
        var outgoing = Endpoints.attempt(Endpoints.plain(receiver.url("/")), Mode.USUAL);
        var came = new CompletableFuture<Came>();
        Context context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        long begun = System.nanoTime();
        context.runOnContext(go -> sender.send(outgoing)
                .subscribe()
                .with(
                        sent -> came.complete(new Came(
                                sent.result(),
                                Duration.ofNanos(System.nanoTime() - begun),
                                context.equals(Vertx.currentContext()))),
                        came::completeExceptionally));
        return came.orTimeout(30, TimeUnit.SECONDS);
    }
}
