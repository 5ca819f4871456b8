package dev.tidings.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a request may take. */
@ConfigMapping(prefix = "tidings.limits")
interface LimitsConfig {

    /** How long the head of a request may take to arrive, and as long again its body. */
    @WithDefault("30s")
    Duration requestTimeout();
}
