package dev.tidings.queue;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackStatus;
import dev.tidings.feedback.Tenant;
import dev.tidings.queue.DeliveryFilter.Correlation;
import dev.tidings.queue.DeliveryFilter.Period;
import dev.tidings.queue.Replay.Count;
import dev.tidings.queue.Replay.Progress;
import dev.tidings.queue.Replay.State;
import dev.tidings.queue.Replay.Times;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of the table replay, read as what it says, and the other way round. */
record ReplayRow(Row row) {

    /** The values of a new row, in the order of {@link ReplayStore}'s INSERT. */
    static Tuple values(Replay replay) {
        DeliveryFilter filter = replay.filter();
        Correlation ids = filter.correlation();
        Progress progress = replay.progress();
        return Tuple.from(Arrays.asList(
                replay.id(),
                replay.tenant().imsOrg(),
                replay.tenant().sandboxName(),
                filter.state() == null ? null : filter.state().value(),
                filter.channel() == null ? null : filter.channel().value(),
                filter.feedbackStatus() == null ? null : filter.feedbackStatus().value(),
                ids.campaignId(),
                ids.requestId(),
                ids.messageExecutionId(),
                utc(filter.period().from()),
                utc(filter.period().to()),
                replay.ratePerSecond(),
                progress.counted().number(),
                progress.counted().all(),
                utc(replay.times().createdAt()),
                replay.times().createdBy()));
    }

    Replay replay() {
        return new Replay(
                row.getUUID("id"),
                new Tenant(row.getString("ims_org"), row.getString("sandbox_name")),
                filter(),
                row.getInteger("rate_per_second"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("state_reason"),
                new Progress(
                        new Count(row.getLong("counted"), row.getBoolean("counted_all")),
                        row.getLong("replayed"),
                        row.getLong("never_sent"),
                        row.getLong("already_waiting"),
                        row.getUUID("cursor")),
                new Times(
                        moment("created_at"),
                        row.getString("created_by"),
                        momentOrNull("started_at"),
                        momentOrNull("ended_at")));
    }

    Instant moment(String column) {
        return row.get(OffsetDateTime.class, column).toInstant();
    }

    private DeliveryFilter filter() {
        return new DeliveryFilter(
                word("delivery_state", DeliveryState.Kind::of),
                word("channel", Channel::of),
                word("feedback_status", FeedbackStatus::of),
                new Correlation(
                        row.getString("campaign_id"),
                        row.getString("request_id"),
                        row.getString("message_execution_id")),
                new Period(momentOrNull("accepted_from"), momentOrNull("accepted_to")));
    }

    private <T> @Nullable T word(String column, Function<String, Optional<T>> known) {
        String value = row.getString(column);
        return value == null ? null : known.apply(value).orElseThrow();
    }

    private @Nullable Instant momentOrNull(String column) {
        OffsetDateTime value = row.get(OffsetDateTime.class, column);
        return value == null ? null : value.toInstant();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
