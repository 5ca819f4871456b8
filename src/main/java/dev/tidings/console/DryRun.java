package dev.tidings.console;

import dev.tidings.queue.Replay.Count;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a replay would be about. */
@RegisterForReflection // Not the type that its method answers.
@Schema(
        name = "ReplayDryRun",
        requiredProperties = {"dryRun", "counted", "countedAll"})
public record DryRun(
        boolean dryRun,

        @Schema(description = "How many deliveries the filter selects now")
        long counted,

        @Schema(description = "Whether that is all of them; counting stops at 100,000")
        boolean countedAll) {

    static DryRun of(Count count) {
        return new DryRun(true, count.number(), count.all());
    }
}
