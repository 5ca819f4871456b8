package dev.tidings.telemetry;

import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.dispatch.AttemptListener.Report;
import dev.tidings.dispatch.AttemptTracer;
import dev.tidings.feedback.TraceParent;
import dev.tidings.ingest.IngestListener.Counts;
import dev.tidings.ingest.IngestTracer;
import dev.tidings.queue.Delivery;
import dev.tidings.queue.Settlement;
import dev.tidings.queue.Settlement.Outcome;
import dev.tidings.webhook.Endpoint;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Two kinds of spans, made by hand: a request with events, and an attempt of a delivery, which goes on with the trace of
 * its event whatever process makes it. They hold ids, numbers and outcomes; no payload, no address, no secret.
 *
 * <p>Where no collector is configured nothing is made: what the caller sent is kept, and handed on as it came.
 *
 * <p>Concurrency: any thread. A span is ended where its work ends, and nobody's current context is touched.
 */
@Singleton
class Tracing implements IngestTracer, AttemptTracer {
    private static final AttributeKey<Long> ACCEPTED = AttributeKey.longKey("tidings.events.accepted");
    private static final AttributeKey<Long> DUPLICATES = AttributeKey.longKey("tidings.events.duplicate");
    private static final AttributeKey<Long> SKIPPED = AttributeKey.longKey("tidings.events.skipped");
    private static final AttributeKey<Long> REJECTED = AttributeKey.longKey("tidings.events.rejected");
    private static final AttributeKey<String> DELIVERY = AttributeKey.stringKey("tidings.delivery.id");
    private static final AttributeKey<String> WEBHOOK = AttributeKey.stringKey("tidings.webhook.id");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("tidings.attempt.number");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tidings.attempt.outcome");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> FAULT = AttributeKey.stringKey("error.type");

    private static final Passing UNTRACED = new Passing(null);

    /** {@code null}: nothing is recorded. */
    private final @Nullable Tracer tracer;

    Tracing(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        this.tracer = disabled ? null : telemetry.getTracer("dev.tidings");
    }

    @Override
    public IngestTracer.Step begin(@Nullable TraceParent caller) {
        return tracer == null
                ? Passing.of(caller)
                : new Request(begin(tracer.spanBuilder("POST /v1/feedback-events"), SpanKind.SERVER, caller));
    }

    @Override
    public AttemptTracer.Step begin(Delivery delivery) {
        return tracer == null
                ? Passing.of(delivery.trace())
                : new Attempt(begin(tracer.spanBuilder("attempt"), SpanKind.CLIENT, delivery.trace()));
    }

    private static Span begin(SpanBuilder builder, SpanKind kind, @Nullable TraceParent parent) {
        return builder.setSpanKind(kind).setParent(contextOf(parent)).startSpan();
    }

    private static Context contextOf(@Nullable TraceParent parent) {
        if (parent == null) {
            return Context.root();
        }
        var flags = parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        parent.traceId(), parent.spanId(), flags, TraceState.getDefault())));
    }

    private static @Nullable TraceParent placeOf(Span span) {
        SpanContext place = span.getSpanContext();
        return place.isValid() ? new TraceParent(place.getTraceId(), place.getSpanId(), place.isSampled()) : null;
    }

    /** Records nothing, and hands on what came. */
    private record Passing(@Nullable TraceParent trace) implements IngestTracer.Step, AttemptTracer.Step {
        static Passing of(@Nullable TraceParent trace) {
            return trace == null ? UNTRACED : new Passing(trace);
        }

        @Override
        public void answered(Counts counts) {}

        @Override
        public void failed() {}

        @Override
        public void attempted(Report report) {}

        @Override
        public void unsent(Endpoint endpoint, Delivery delivery, Broken broken) {}
    }

    private record Request(Span span) implements IngestTracer.Step {
        @Override
        public @Nullable TraceParent trace() {
            return placeOf(span);
        }

        @Override
        public void answered(Counts counts) {
            span.setAttribute(ACCEPTED, counts.accepted())
                    .setAttribute(DUPLICATES, counts.duplicates())
                    .setAttribute(SKIPPED, counts.skipped())
                    .setAttribute(REJECTED, counts.rejected())
                    .end();
        }

        @Override
        public void failed() {
            span.setStatus(StatusCode.ERROR).end();
        }
    }

    private record Attempt(Span span) implements AttemptTracer.Step {
        @Override
        public @Nullable TraceParent trace() {
            return placeOf(span);
        }

        @Override
        public void attempted(Report report) {
            Settlement settlement = report.settlement();
            Delivery delivery = report.delivery();
            span.setAttribute(DELIVERY, delivery.id().toString())
                    .setAttribute(WEBHOOK, delivery.webhookId().toString())
                    .setAttribute(ATTEMPT, delivery.nextAttempt())
                    .setAttribute(OUTCOME, AttemptLog.word(settlement.outcome()));
            if (settlement.statusCode() != null) {
                span.setAttribute(STATUS, settlement.statusCode().longValue());
            }
            if (report.result() instanceof Broken broken) {
                span.setAttribute(FAULT, word(broken));
            }
            if (!(settlement.outcome() instanceof Outcome.Delivered)) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }

        @Override
        public void unsent(Endpoint endpoint, Delivery delivery, Broken broken) {
            span.setAttribute(FAULT, word(broken)).setStatus(StatusCode.ERROR).end();
        }

        private static String word(Broken broken) {
            return broken.fault().name().toLowerCase(Locale.ROOT);
        }
    }
}
