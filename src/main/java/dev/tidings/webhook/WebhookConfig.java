package dev.tidings.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a webhook may be configured to. */
@ConfigMapping(prefix = "tidings.webhook")
public interface WebhookConfig {

    /** Whether a webhook's URL may lead to loopback, over plain HTTP too. For development. */
    @WithDefault("false")
    boolean loopbackAllowed();
}
