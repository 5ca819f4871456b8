package dev.tidings.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which entries are wanted: those that all of these fit; {@code null} fits all. */
record AuditFilter(
        @Nullable String action,
        @Nullable String who,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant to) {}
