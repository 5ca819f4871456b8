package dev.tidings.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of one ingest request. Its bytes are limited by {@code quarkus.http.limits.max-body-size}. */
@ConfigMapping(prefix = "tidings.ingest")
public interface IngestConfig {

    /** How many events one request may carry. */
    @WithDefault("1000")
    int maxEvents();
}
