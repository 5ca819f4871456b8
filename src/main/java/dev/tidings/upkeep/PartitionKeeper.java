package dev.tidings.upkeep;

import dev.tidings.queue.History;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** Makes the coming days' partitions and drops those past their time. */
@ApplicationScoped
class PartitionKeeper {
    private static final Logger LOG = Logger.getLogger(PartitionKeeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final History history;
    private final InstantSource clock;
    private final UpkeepConfig config;

    PartitionKeeper(History history, InstantSource clock, UpkeepConfig config) {
        this.history = history;
        this.clock = clock;
        this.config = config;
    }

    /** Before the first event is accepted, on the main thread: today's rows must not land in the default partition. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        Chore.done(make(), LOG, "Partitions could not be made at the start; tried again within an hour")
                .await()
                .atMost(PATIENCE);
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> keep() {
        return Chore.done(
                make().chain(() -> history.dropBefore(
                                today().minusDays(config.retentionDays()), today().minusDays(attemptRetentionDays())))
                        .invoke(dropped -> {
                            if (dropped > 0) {
                                LOG.infof("Dropped %d partitions that were past their time", dropped);
                            }
                        }),
                LOG,
                "Partitions could not be kept; tried again in an hour");
    }

    private int attemptRetentionDays() {
        return config.attemptRetentionDays().orElseGet(config::retentionDays);
    }

    private Uni<Void> make() {
        return history.make(today().minusDays(1), today().plusDays(config.partitionsAhead()))
                .replaceWithVoid();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
