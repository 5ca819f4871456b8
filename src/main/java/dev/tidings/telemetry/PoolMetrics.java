package dev.tidings.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Leaves out the gauges of the PostgreSQL client. It registers them with each connection, and only the first one's are kept: they
 * would say of the pool what is true of one of its connections. Its counters and timers count all.
 */
@Singleton
class PoolMetrics {
    private static final String CLIENT = "postgresql.";

    @Produces
    @Singleton
    MeterFilter withoutGaugesOfOneConnection() {
        return MeterFilter.deny(
                meter -> meter.getType() == Meter.Type.GAUGE && meter.getName().startsWith(CLIENT));
    }
}
