package dev.tidings.notice;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens to PostgreSQL's notifications on a connection of its own, and has everything read anew whenever it (re)connects:
 * what was notified in between is not lost.
 *
 * <p>Concurrency: one connection, so one event loop delivers all notifications in their order. {@code connection} and
 * {@code ended} are only ever set, and read for the shutdown.
 */
@ApplicationScoped
public class Notices {
    private static final Logger LOG = Logger.getLogger(Notices.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pool pool;
    private final Vertx vertx;
    private final NoticeConfig config;
    private final List<NoticeListener> listeners;
    private volatile @Nullable SqlConnection connection;
    private volatile boolean ended;

    Notices(Pool pool, Vertx vertx, NoticeConfig config, @All List<NoticeListener> listeners) {
        this.pool = pool;
        this.vertx = vertx;
        this.config = config;
        this.listeners = listeners;
    }

    /** On the main thread, before anything is accepted: a node that knows no webhook would skip every event. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent event) {
        listen().chain(this::rereadAll).await().atMost(PATIENCE);
        vertx.setPeriodic(config.rereadEvery().toMillis(), tick -> subscribe(rereadAll()));
    }

    void stop(@Observes ShutdownEvent event) {
        ended = true;
        SqlConnection last = connection;
        if (last != null) {
            last.closeAndForget();
        }
    }

    private Uni<Void> listen() {
        return pool.getConnection().flatMap(this::listenOn);
    }

    /** Fails where it can't listen on all channels; it is lost only when it listened and was closed, in either order. */
    private Uni<Void> listenOn(SqlConnection fresh) {
        var postgres = (PgConnection) fresh.getDelegate();
        var listensAndIsClosed = new AtomicInteger();
        Runnable step = () -> {
            if (listensAndIsClosed.incrementAndGet() == 2) {
                onLost();
            }
        };
        postgres.notificationHandler(this::heard);
        postgres.closeHandler(gone -> step.run());
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(
                        one -> fresh.query("LISTEN " + one.channel()).execute())
                .collect()
                .last()
                .invoke(() -> {
                    connection = fresh;
                    step.run();
                })
                .onFailure()
                .call(fresh::close)
                .replaceWithVoid();
    }

    private void heard(PgNotification notification) {
        for (NoticeListener listener : listeners) {
            if (listener.channel().equals(notification.getChannel())) {
                listener.heard(notification.getPayload());
            }
        }
    }

    private void onLost() {
        if (ended) {
            return;
        }
        vertx.setTimer(
                config.reconnectAfter().toMillis(),
                go -> listen().subscribe().with(done -> subscribe(rereadAll()), failure -> {
                    LOG.warnf("The database can't be listened to, tried again: %s", failure.getMessage());
                    onLost();
                }));
    }

    private Uni<Void> rereadAll() {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(NoticeListener::reread)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static void subscribe(Uni<Void> reread) {
        reread.subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf("The configuration was not read anew: %s", failure.getMessage()));
    }
}
