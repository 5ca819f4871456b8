package dev.tidings.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How fast replays go, and how often single redeliveries are asked for. */
@ConfigMapping(prefix = "tidings.replay")
public interface ReplayConfig {

    /** How many deliveries a second a replay puts into the queue that names no rate. */
    @WithDefault("100")
    int ratePerSecond();

    /** The highest rate that a replay may name. */
    @WithDefault("1000")
    int highestRatePerSecond();

    /** How many single redeliveries a minute each sandbox may ask for on this node; 0: no limit. */
    @WithDefault("60")
    int redeliveriesPerMinute();
}
