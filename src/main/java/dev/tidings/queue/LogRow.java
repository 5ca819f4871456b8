package dev.tidings.queue;

import dev.tidings.feedback.SkipReason;
import dev.tidings.queue.DeliveryState.Kind;
import dev.tidings.queue.LoggedDelivery.About;
import dev.tidings.queue.LoggedDelivery.Last;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of the view delivery, or of the table attempt, read as what it says. */
record LogRow(Row row) {

    LoggedDelivery delivery() {
        return new LoggedDelivery(
                row.getUUID("id"), row.getUUID("webhook_id"), about(), state(), row.getInteger("attempts"), last());
    }

    LoggedAttempt attempt() {
        return new LoggedAttempt(
                row.getInteger("number"),
                moment("started_at"),
                row.getInteger("duration_millis"),
                row.getString("outcome"),
                row.getInteger("status_code"),
                row.getString("error"),
                row.getString("response_body"),
                new TraceRow(row).trace());
    }

    private About about() {
        return new About(
                row.getString("event_id"),
                row.getString("channel"),
                row.getString("feedback_status"),
                row.getString("campaign_id"),
                row.getString("request_id"),
                row.getString("message_execution_id"),
                momentOrNull("occurred_at"),
                moment("accepted_at"));
    }

    private DeliveryState state() {
        String word = row.getString("state");
        Kind kind = Kind.of(word)
                .orElseThrow(() -> new IllegalStateException("the view delivery knows a state of its own: " + word));
        return switch (kind) {
            case PENDING -> new DeliveryState.Pending(moment("due_at"));
            case DELIVERING -> new DeliveryState.Delivering();
            case RETRYING -> new DeliveryState.Retrying(moment("due_at"));
            case DELIVERED -> new DeliveryState.Delivered();
            case FAILED -> new DeliveryState.Failed(row.getString("failure"));
            case SKIPPED -> new DeliveryState.Skipped(SkipReason.valueOf(row.getString("skip_reason")));
        };
    }

    private @Nullable Last last() {
        Instant startedAt = momentOrNull("last_started_at");
        return startedAt == null
                ? null
                : new Last(startedAt, row.getInteger("last_status_code"), row.getString("last_error"));
    }

    private Instant moment(String column) {
        return row.get(OffsetDateTime.class, column).toInstant();
    }

    private @Nullable Instant momentOrNull(String column) {
        OffsetDateTime value = row.get(OffsetDateTime.class, column);
        return value == null ? null : value.toInstant();
    }
}
