package dev.tidings.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;

/** The receiver to play with. */
@ConfigMapping(prefix = "tidings.inbox")
public interface InboxConfig {

    /** Whether {@code /dev/inbox} is there. Anybody may post to it and read it: for development only. */
    @WithDefault("false")
    boolean enabled();

    /** How many requests are kept; the oldest go first. */
    @WithDefault("100")
    @Positive
    int maxRequests();

    /** How many bytes of bodies are kept in all; the oldest go first. */
    @WithDefault("16777216")
    @Positive
    int maxBytes();
}
