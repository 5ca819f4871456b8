package dev.tidings.upkeep;

import dev.tidings.queue.History;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** Drops payloads whose time is over, where that is shorter than the log's. */
@ApplicationScoped
class PayloadKeeper {
    private static final Logger LOG = Logger.getLogger(PayloadKeeper.class);

    private final History history;
    private final InstantSource clock;
    private final UpkeepConfig config;

    PayloadKeeper(History history, InstantSource clock, UpkeepConfig config) {
        this.history = history;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "7m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> keep() {
        int days = config.payloadRetentionDays().orElse(config.retentionDays());
        if (days >= config.retentionDays()) {
            return Uni.createFrom().voidItem();
        }
        LocalDate firstKept =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(days);
        return Chore.done(
                history.dropPayloadsBefore(firstKept).invoke(dropped -> {
                    if (dropped > 0) {
                        LOG.infof("Dropped the payloads of %d days, older than %d days", dropped, days);
                    }
                }),
                LOG,
                "Payloads past their time could not be dropped; tried again in an hour");
    }
}
