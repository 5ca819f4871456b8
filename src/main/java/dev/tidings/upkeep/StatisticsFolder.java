package dev.tidings.upkeep;

import dev.tidings.queue.StatisticsFold;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Brings the statistics up to date. Every node does it; the database lets one at a time. */
@ApplicationScoped
class StatisticsFolder {
    private static final Logger LOG = Logger.getLogger(StatisticsFolder.class);

    /*
     * A fold keeps a processor of the database busy, for as long as it has many rows; deliveries wait behind that. So what is
     * much is folded often, in small portions.
     */
    private static final Duration SOON = Duration.ofMillis(200);
    /** Rows in {@link #SOON}. */
    private static final long MANY = 200;
    /** So many folds follow each other without a new schedule: five seconds of them. */
    private static final int MOST_AT_ONCE = 24;
    /** Where rows are is summed up before the first of so many folds: once a second. */
    private static final int FOLDS_TO_A_SUM = 5;

    private final StatisticsFold statistics;
    private final InstantSource clock;
    private final UpkeepConfig config;

    StatisticsFolder(StatisticsFold statistics, InstantSource clock, UpkeepConfig config) {
        this.statistics = statistics;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(
            every = "{tidings.statistics.fold-every:5s}",
            delayed = "2s",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> fold() {
        Uni<Long> often = Multi.createBy()
                .repeating()
                .uni(AtomicInteger::new, done -> once(done.getAndIncrement()))
                .withDelay(SOON)
                .whilst(folded -> folded >= MANY)
                .select()
                .first(MOST_AT_ONCE)
                .collect()
                .last();
        return Chore.done(often, LOG, "The statistics were not brought up to date; soon again");
    }

    private Uni<Long> once(int before) {
        return before % FOLDS_TO_A_SUM == 0 ? sumUp().chain(statistics::fold) : statistics.fold();
    }

    private Uni<Void> sumUp() {
        return statistics
                .sumUp()
                .onFailure()
                .invoke(failure -> LOG.debugf("The newest rows were not summed up: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
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
