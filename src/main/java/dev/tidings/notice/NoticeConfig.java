package dev.tidings.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How fresh the configuration in memory is, beyond notifications. */
@ConfigMapping(prefix = "tidings.notice")
public interface NoticeConfig {

    /** How often webhooks and campaigns are read anew, for notifications that were lost. */
    @WithDefault("30s")
    Duration rereadEvery();

    /** How long after a lost connection it is tried again. */
    @WithDefault("500ms")
    Duration reconnectAfter();
}
