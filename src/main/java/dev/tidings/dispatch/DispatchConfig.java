package dev.tidings.dispatch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How deliveries are sent and retried. */
@ConfigMapping(prefix = "tidings.dispatch")
public interface DispatchConfig {

    /** Whether this node sends. One that does not still accepts, and leaves the deliveries to others. */
    @WithDefault("true")
    boolean enabled();

    /** The delays before the retries; the last one repeats. */
    @WithDefault("1m,2m,4m,8m,15m")
    List<Duration> retryDelays();

    /** The share by which a delay varies to both sides. */
    @WithDefault("0.2")
    double retryJitter();

    /** How long after its acceptance, or after a redelivery was asked for, a delivery is retried. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How far a receiver's Retry-After may push the next attempt. */
    @WithDefault("1h")
    Duration longestRetryAfter();

    /** How many attempts of one webhook are in flight at once, at most: as many as its endpoint's latency bears. */
    @WithDefault("64")
    int inFlightPerEndpoint();

    /** How many attempts of all webhooks are in flight at once on this node. */
    @WithDefault("1024")
    int inFlight();

    /** How many of an endpoint's last attempts its breaker looks at; it opens when four fifths found it down. */
    @WithDefault("20")
    int breakerVolume();

    /** How long an open breaker holds back an endpoint's deliveries before one of them probes it. */
    @WithDefault("5s")
    Duration breakerDelay();

    /** How many attempts a second each tenant's webhook gets at most on this node; 0: no limit. */
    @WithDefault("0")
    double ratePerTenant();

    /** How many deliveries of one webhook wait in memory; more wait in the queue. */
    @WithDefault("8192")
    int inMemoryPerEndpoint();

    /** How many bytes of payload wait in memory on this node. */
    @WithDefault("32M")
    MemorySize inMemory();

    /** How many deliveries one claim takes. */
    @WithDefault("1000")
    int claimSize();

    /** How often the queue is asked for what became due, or was left by others. */
    @WithDefault("500ms")
    Duration claimEvery();

    /** How long a stopping node waits for the attempts that are in flight. */
    @WithDefault("15s")
    Duration drainTimeout();
}
