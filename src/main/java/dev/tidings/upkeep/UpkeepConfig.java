package dev.tidings.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** The chores' settings. */
@ConfigMapping(prefix = "tidings.upkeep")
public interface UpkeepConfig {

    /** How many days events, failures and, if nothing else is said, attempts are kept. */
    @WithDefault("30")
    int retentionDays();

    /** How many days payloads are kept, where that is less; deliveries that wait keep theirs until they end. */
    OptionalInt payloadRetentionDays();

    /** How many days attempts are kept, where that is to be fewer: most of the log's room is theirs. */
    OptionalInt attemptRetentionDays();

    /** How many days ahead partitions are made. */
    @WithDefault("7")
    int partitionsAhead();
}
