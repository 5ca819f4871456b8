package dev.tidings.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What a webhook may be configured to. */
@ConfigMapping(prefix = "tidings.webhook")
public interface WebhookConfig {

    /** Whether a webhook's URL may lead to loopback, over plain HTTP too. For development. */
    @WithDefault("false")
    boolean loopbackAllowed();

    /** Whether every new URL has to prove itself: a GET with `?challenge=…` must be answered with that value. */
    @WithDefault("false")
    boolean challenge();

    /** The ports that a webhook's URL may lead to, such as `443,8443,9000-9100`. Loopback that is allowed has any. */
    @WithDefault("443")
    List<PortRange> ports();
}
