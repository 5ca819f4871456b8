package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidings.queue.DeliveryFilter;
import dev.tidings.queue.Replay;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A replay, in the API's words. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Replay",
        description = "A selection of the delivery log on its way into the queue once more, newest first",
        requiredProperties = {
            "id",
            "state",
            "filter",
            "ratePerSecond",
            "counted",
            "countedAll",
            "replayed",
            "skipped",
            "skippedBecause",
            "createdAt",
            "createdBy"
        })
public record ShownReplay(
        UUID id,

        @Schema(enumeration = {"queued", "running", "completed", "cancelled", "failed"})
        String state,

        @Schema(description = "Why it failed, in words") @Nullable
        String reason,

        ShownFilter filter,
        int ratePerSecond,

        @Schema(description = "How many deliveries the filter selected when the replay was created")
        long counted,

        @Schema(description = "Whether that is all of them; counting stops at 100,000")
        boolean countedAll,

        @Schema(description = "How many are in the queue again, or were delivered since")
        long replayed,

        @Schema(description = "How many were passed over") long skipped,
        List<Passed> skippedBecause,

        @Schema(description = "The id of the last delivery that was looked at") @Nullable
        UUID cursor,

        Instant createdAt,
        String createdBy,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** Why deliveries were passed over, and how many. */
    @Schema(
            name = "ReplaySkip",
            requiredProperties = {"reason", "deliveries"})
    public record Passed(String reason, long deliveries) {}

    /** The filter as it is applied. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "AppliedFilter",
            requiredProperties = {"to"})
    public record ShownFilter(
            @Nullable String state,
            @Nullable String channel,
            @Nullable String feedbackStatus,
            @JsonProperty("campaignID") @Nullable String campaignId,
            @Nullable String requestId,
            @JsonProperty("messageExecutionID") @Nullable String messageExecutionId,
            @Nullable Instant from,
            @Nullable Instant to) {

        static ShownFilter of(DeliveryFilter filter) {
            var state = filter.state();
            var channel = filter.channel();
            var status = filter.feedbackStatus();
            var ids = filter.correlation();
            return new ShownFilter(
                    state == null ? null : state.value(),
                    channel == null ? null : channel.value(),
                    status == null ? null : status.value(),
                    ids.campaignId(),
                    ids.requestId(),
                    ids.messageExecutionId(),
                    filter.period().from(),
                    filter.period().to());
        }
    }

    static ShownReplay of(Replay replay) {
        var progress = replay.progress();
        var times = replay.times();
        return new ShownReplay(
                replay.id(),
                replay.state().value(),
                replay.reason(),
                ShownFilter.of(replay.filter()),
                replay.ratePerSecond(),
                progress.counted().number(),
                progress.counted().all(),
                progress.replayed(),
                progress.neverSent() + progress.alreadyWaiting(),
                passed(progress),
                progress.cursor(),
                times.createdAt(),
                times.createdBy(),
                times.startedAt(),
                times.endedAt());
    }

    private static List<Passed> passed(Replay.Progress progress) {
        return Stream.of(
                        new Passed("It was recorded and never sent", progress.neverSent()),
                        new Passed("An attempt was due or under way already", progress.alreadyWaiting()))
                .filter(passed -> passed.deliveries() > 0)
                .toList();
    }
}
