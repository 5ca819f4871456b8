package dev.tidings.telemetry;

import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.dispatch.AttemptListener;
import dev.tidings.queue.Delivery;
import dev.tidings.queue.Settlement;
import dev.tidings.queue.Settlement.Outcome;
import dev.tidings.webhook.Endpoint;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** One wide line per attempt, with agreed keys: no payload, no secret, no address of a person. */
@Singleton
class AttemptLog implements AttemptListener {
    private static final Logger LOG = Logger.getLogger("dev.tidings.attempt");

    @Override
    public void attempted(Report report) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(report));
        }
    }

    @Override
    public void unsent(Endpoint endpoint, Delivery delivery, Broken broken) {
        if (LOG.isInfoEnabled()) {
            LOG.info(begin(endpoint, delivery)
                    .append(" outcome=unsent fault=")
                    .append(broken.fault())
                    .append(" error=\"")
                    .append(broken.error().replace('"', '\''))
                    .append('"'));
        }
    }

    private static StringBuilder begin(Endpoint endpoint, Delivery delivery) {
        return new StringBuilder(256)
                .append("delivery=")
                .append(delivery.id())
                .append(" event=")
                .append(delivery.eventId())
                .append(" org=")
                .append(endpoint.tenant().imsOrg())
                .append(" sandbox=")
                .append(endpoint.tenant().sandboxName())
                .append(" webhook=")
                .append(delivery.webhookId())
                .append(" host=")
                .append(endpoint.url().getHost())
                .append(" attempt=")
                .append(delivery.nextAttempt());
    }

    static String line(Report report) {
        Settlement settlement = report.settlement();
        var line = begin(report.endpoint(), report.delivery())
                .append(" outcome=")
                .append(word(settlement.outcome()))
                .append(" millis=")
                .append(settlement.took().toMillis());
        if (settlement.statusCode() != null) {
            line.append(" status=").append(settlement.statusCode());
        }
        if (report.trace() != null) {
            line.append(" trace=").append(report.trace().traceId());
        }
        if (report.result() instanceof Broken broken) {
            line.append(" fault=").append(broken.fault());
        }
        if (settlement.outcome() instanceof Outcome.Retrying retrying) {
            line.append(" next=").append(retrying.dueAt());
        }
        if (settlement.error() != null) {
            line.append(" error=\"")
                    .append(settlement.error().replace('"', '\''))
                    .append('"');
        }
        return line.toString();
    }

    static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> "delivered";
            case Outcome.Failed failed -> "failed";
            case Outcome.Retrying retrying -> "retrying";
            case Outcome.Again again -> "again";
        };
    }
}
