package dev.tidings.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the command {@code drain}. */
@ConfigMapping(prefix = "tidings.drain")
public interface DrainConfig {

    /** How long the command `drain` delivers what is due, at most; then it ends with the status 3. */
    @WithDefault("5m")
    Duration atMost();
}
