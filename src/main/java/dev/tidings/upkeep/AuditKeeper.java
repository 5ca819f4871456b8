package dev.tidings.upkeep;

import dev.tidings.audit.AuditStore;
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

/** Makes the audit trail's coming months, and drops those past their time: nothing else takes anything out of it. */
@ApplicationScoped
class AuditKeeper {
    private static final Logger LOG = Logger.getLogger(AuditKeeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AuditStore audit;
    private final InstantSource clock;
    private final AuditConfig config;

    AuditKeeper(AuditStore audit, InstantSource clock, AuditConfig config) {
        this.audit = audit;
        this.clock = clock;
        this.config = config;
    }

    /** Before the first request, on the main thread: this month's entries must not land in the default partition. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        months().await().atMost(PATIENCE);
    }

    @Scheduled(every = "12h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> keep() {
        return Chore.done(
                months().invoke(dropped -> {
                    if (dropped > 0) {
                        LOG.infof(
                                "Dropped %d months of the audit trail, past %d days", dropped, config.retentionDays());
                    }
                }),
                LOG,
                "The audit trail's months could not be kept; tried again in twelve hours");
    }

    private Uni<Integer> months() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return audit.keep(today.minusDays(1), today.plusMonths(2), today.minusDays(config.retentionDays()));
    }
}
