package dev.tidings.dispatch;

import dev.tidings.attempt.Backoff;
import dev.tidings.attempt.RetryPolicy;
import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.attempt.Sent;
import dev.tidings.attempt.Standing;
import dev.tidings.attempt.Trace;
import dev.tidings.attempt.Verdict;
import dev.tidings.dispatch.AttemptListener.Report;
import dev.tidings.egress.Outgoing;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.egress.WebhookSender;
import dev.tidings.queue.Delivery;
import dev.tidings.queue.DeliveryQueue;
import dev.tidings.queue.Settlement;
import dev.tidings.queue.Settlement.Outcome;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.WebhookStore;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One delivery's attempt: send, judge, and say what is to be settled. */
@Singleton
class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    /** Erased while it waited, or past its retention: an empty body must not go out. */
    private static final String BARE = "Its payload is gone: nothing was sent";

    private final WebhookSender sender;
    private final WebhookStore webhooks;
    private final DeliveryQueue queue;
    private final InstantSource clock;
    private final RetryPolicy policy;
    private final AttemptTracer tracer;
    private final List<AttemptListener> listeners;

    Courier(
            WebhookSender sender,
            WebhookStore webhooks,
            DeliveryQueue queue,
            InstantSource clock,
            DispatchConfig config,
            AttemptTracer tracer,
            @All List<AttemptListener> listeners) {
        this.sender = sender;
        this.webhooks = webhooks;
        this.queue = queue;
        this.clock = clock;
        this.tracer = tracer;
        this.listeners = listeners;
        this.policy = new RetryPolicy(
                new Backoff(config.retryDelays(), config.retryJitter()),
                config.giveUpAfter(),
                config.longestRetryAfter(),
                RandomGenerator.getDefault());
    }

    /**
     * Makes one attempt, or two when a stale token was refused; answers with what is left to settle. Fails with an
     * {@link UnsentException} when there was none.
     */
    Uni<Settlement> attempt(Endpoint endpoint, Delivery delivery) {
        if (delivery.body().length == 0) {
            var nothing = new Sent(
                    new Broken(Fault.REQUEST, BARE), Trace.unsent(endpoint.url().toString()));
            AttemptTracer.Step span = tracer.begin(delivery);
            var one = new Try(endpoint, delivery, Mode.USUAL, span, clock.instant(), Duration.ZERO, nothing);
            return heard(one, one.failed(BARE));
        }
        return attempt(endpoint, delivery, Mode.USUAL);
    }

    private Uni<Settlement> attempt(Endpoint endpoint, Delivery delivery, Mode mode) {
        Instant startedAt = clock.instant();
        long begun = System.nanoTime();
        AttemptTracer.Step span = tracer.begin(delivery);
        var outgoing = new Outgoing(
                endpoint,
                delivery.eventId(),
                delivery.nextAttempt(),
                delivery.body(),
                mode,
                endpoint.sendTraceparent() ? span.trace() : null);
        return sender.send(outgoing)
                .map(sent -> new Try(endpoint, delivery, mode, span, startedAt, sinceNanos(begun), sent))
                .flatMap(this::judged);
    }

    /** A try that has ended. */
    private record Try(
            Endpoint endpoint,
            Delivery delivery,
            Mode mode,
            AttemptTracer.Step span,
            Instant startedAt,
            Duration took,
            Sent sent) {

        Standing standing(Instant now) {
            boolean mayMintAnew = endpoint.authentication().isRenewable() && mode != Mode.MINT_ANEW;
            var progress = delivery.progress();
            return new Standing(progress.retries(), Duration.between(progress.begunAt(), now), mayMintAnew);
        }

        SendResult result() {
            return sent.result();
        }

        Settlement failed(String reason) {
            return settlement(new Outcome.Failed(reason, endpoint.tenant()), reason);
        }

        Settlement settlement(Outcome outcome, @Nullable String reason) {
            return switch (result()) {
                case Answered answered ->
                    new Settlement(
                            delivery,
                            startedAt,
                            took,
                            outcome,
                            answered.statusCode(),
                            reason,
                            answered.body(),
                            sent.trace());
                case Broken broken ->
                    new Settlement(delivery, startedAt, took, outcome, null, broken.error(), null, sent.trace());
            };
        }
    }

    private Uni<Settlement> judged(Try one) {
        if (one.result() instanceof Broken broken && broken.fault() == Fault.PROXY) {
            tell(one, listener -> listener.unsent(one.endpoint, one.delivery, broken));
            return Uni.createFrom().failure(new UnsentException(broken.error()));
        }
        Instant now = clock.instant();
        return switch (policy.judge(one.result(), one.standing(now))) {
            case Verdict.Delivered delivered -> heard(one, one.settlement(new Outcome.Delivered(), null));
            case Verdict.RetryLater later ->
                heard(one, one.settlement(new Outcome.Retrying(now.plus(later.delay())), later.reason()));
            case Verdict.Failed failed -> heard(one, one.failed(failed.reason()));
            case Verdict.FailedForGood gone ->
                pause(one.endpoint, gone).flatMap(paused -> heard(one, one.failed(gone.reason())));
            case Verdict.RetryNow again ->
                heard(one, one.settlement(new Outcome.Again(), again.reason()))
                        .call(queue::settle)
                        .flatMap(settled -> attempt(one.endpoint, one.delivery.afterAttempt(), Mode.MINT_ANEW));
        };
    }

    private Uni<Settlement> heard(Try one, Settlement settlement) {
        var report = new Report(one.endpoint, one.delivery, one.result(), settlement, one.span.trace());
        tell(one, listener -> listener.attempted(report));
        return Uni.createFrom().item(settlement);
    }

    private void tell(Try one, Consumer<AttemptListener> news) {
        listeners.forEach(news);
        news.accept(one.span);
    }

    /** Before the delivery is settled, so that the lane stops; if it can't be done, the next 410 tries it again. */
    private Uni<Void> pause(Endpoint endpoint, Verdict.FailedForGood gone) {
        return webhooks.pauseBecause(endpoint, gone.reason())
                .onFailure()
                .invoke(e -> LOG.warnf("Webhook %s answered 410 and could not be paused: %s", endpoint.id(), e))
                .onFailure()
                .recoverWithNull();
    }

    private static Duration sinceNanos(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
