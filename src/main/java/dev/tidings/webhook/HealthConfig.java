package dev.tidings.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When an endpoint counts as unwell, and what follows. */
@ConfigMapping(prefix = "tidings.health")
public interface HealthConfig {

    /** How often the health of endpoints is looked at. Whole seconds. */
    @WithDefault("1m")
    Duration lookEvery();

    /** How many attempts within 24 hours it takes to call an endpoint unstable. */
    @WithDefault("10")
    int leastAttempts();

    /** How many of a hundred attempts must have failed for it. */
    @WithDefault("80")
    int failingPercent();

    /** Whether a webhook whose endpoint stays unstable is paused. */
    @WithDefault("true")
    boolean disabling();

    /** How long an endpoint stays unstable before its webhook is paused: longer than a weekend. */
    @WithDefault("72h")
    Duration disableAfter();
}
