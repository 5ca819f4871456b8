package dev.tidings.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock that matters: the database's, as this node last saw it. Nodes' own clocks may differ; due times must not.
 *
 * <p>Concurrency: heartbeats write, everybody reads; one volatile reference is enough, since a reader needs no more than
 * some recent offset.
 */
@Singleton
public class DatabaseClock implements InstantSource {
    private final InstantSource local = InstantSource.system();
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return local.instant().plus(ahead);
    }

    /** The database answered {@code databaseNow} to a question that was asked at {@code askedAt}, by this clock. */
    void align(Instant askedAt, Instant databaseNow) {
        Duration roundTrip = Duration.between(askedAt, instant());
        Duration off = Duration.between(askedAt.plus(roundTrip.dividedBy(2)), databaseNow);
        // What is less than the round trip can't be told from it, and a steady clock is worth more.
        if (off.abs().compareTo(roundTrip) > 0) {
            ahead = ahead.plus(off);
        }
    }
}
