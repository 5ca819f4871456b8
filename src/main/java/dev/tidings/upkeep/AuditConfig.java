package dev.tidings.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The audit trail's settings. */
@ConfigMapping(prefix = "tidings.audit")
public interface AuditConfig {

    /** How many days the audit trail is kept, in whole months: thirteen of them, longer than deliveries. */
    @WithDefault("400")
    int retentionDays();
}
