package dev.tidings.upkeep;

import dev.tidings.queue.StatisticsFold;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** Brings the statistics up to date. Every node does it; the database lets one at a time. */
@ApplicationScoped
class StatisticsFolder {
    private static final Logger LOG = Logger.getLogger(StatisticsFolder.class);

    private final StatisticsFold statistics;
    private final InstantSource clock;
    private final UpkeepConfig config;

    StatisticsFolder(StatisticsFold statistics, InstantSource clock, UpkeepConfig config) {
        this.statistics = statistics;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(every = "{tidings.statistics.fold-every:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> fold() {
        return Chore.done(statistics.fold(), LOG, "The statistics were not brought up to date; soon again");
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sumUp() {
        return Chore.done(statistics.sumUp(), LOG, "The newest rows were not summed up; folds take longer");
    }

    /** As long as the log itself is kept. */
    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> drop() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Chore.done(
                statistics.dropBefore(today.minusDays(config.retentionDays())),
                LOG,
                "Old statistics were not dropped; tried again in an hour");
    }
}
