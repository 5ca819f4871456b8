package dev.tidings.queue;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What is unfinished.
 *
 * @param waiting how many deliveries; counted up to a hundred thousand
 * @param oldestDue for how long the longest waiting one is due; zero when none is
 */
public record Depth(long waiting, Duration oldestDue) {
    static Depth of(Row row, Instant now) {
        OffsetDateTime oldest = row.get(OffsetDateTime.class, "oldest_due");
        Duration late = oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now);
        return new Depth(row.getLong("waiting"), late.isNegative() ? Duration.ZERO : late);
    }
}
