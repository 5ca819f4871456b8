package dev.tidings.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a request may take. */
@ConfigMapping(prefix = "tidings.limits")
interface LimitsConfig {

    /** How long a request may take to arrive, from its headers to its body's end. */
    @WithDefault("30s")
    Duration requestTimeout();
}
