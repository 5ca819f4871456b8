package dev.tidings.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The chores' settings. */
@ConfigMapping(prefix = "tidings.upkeep")
public interface UpkeepConfig {

    /** How many days events, attempts and failures are kept. */
    @WithDefault("30")
    int retentionDays();

    /** How many days ahead partitions are made. */
    @WithDefault("7")
    int partitionsAhead();
}
