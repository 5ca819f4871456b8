package dev.tidings.console;

import dev.tidings.dispatch.RateLimit;
import dev.tidings.feedback.Tenant;
import dev.tidings.web.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often single redeliveries may be asked for: so many a minute by each tenant on this node, and after a pause as many at
 * once. Each costs a transaction and an attempt; who wants many has replays, which are a rate's and one at a time.
 *
 * <p>Concurrency: any thread, one at a time; nothing in it waits.
 */
@Singleton
class RedeliveryLimit {
    /** More are not remembered: the one that asked longest ago begins anew. */
    private static final int MOST_TENANTS = 10_000;

    private final int perMinute;
    private final Map<Tenant, RateLimit> limits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tenant, RateLimit> eldest) {
            return size() > MOST_TENANTS;
        }
    };

    RedeliveryLimit(ReplayConfig config) {
        this.perMinute = config.redeliveriesPerMinute();
    }

    /** One is asked for; 429 when that is one too many. */
    void take(Tenant tenant) {
        take(tenant, System.nanoTime());
    }

    synchronized void take(Tenant tenant, long now) {
        RateLimit limit = limits.computeIfAbsent(tenant, first -> new RateLimit(perMinute / 60.0, perMinute, now));
        long nanos = limit.nanosToNext(now);
        if (nanos > 0) {
            throw ProblemException.overloaded(
                    "This sandbox asks for more than " + perMinute
                            + " single redeliveries a minute: try again later, or"
                            + " send a whole selection again with POST /v1/replays",
                    Duration.ofNanos(nanos));
        }
        limit.take();
    }
}
