package dev.tidings.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The statistics' settings. */
@ConfigMapping(prefix = "tidings.statistics")
public interface StatisticsConfig {

    /** How often statistics are brought up to date; answers lag by about as much. Whole seconds. */
    @WithDefault("5s")
    Duration foldEvery();
}
