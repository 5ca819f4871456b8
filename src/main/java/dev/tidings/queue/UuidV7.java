package dev.tidings.queue;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that sort by time (RFC 9562, 5.7): 48 bits of milliseconds, 12 bits that count within one, 62 random bits. Ids of
 * one node rise strictly, so that a batch's order survives in the delivery log.
 */
public final class UuidV7 {
    /** Milliseconds in the upper 52 bits, the count in the lower 12: a full count borrows from the next millisecond. */
    private static final AtomicLong LAST = new AtomicLong();

    private UuidV7() {}

    /** A new id of that moment. */
    public static UUID at(Instant moment) {
        long now = moment.toEpochMilli() << 12;
        long stamp = LAST.updateAndGet(last -> Math.max(last + 1, now));
        return of(stamp >>> 12, stamp & 0xFFF, ThreadLocalRandom.current().nextLong());
    }

    /** The smallest id of that moment: what was accepted at it or later has this id or a greater one. */
    public static UUID floor(Instant moment) {
        return of(moment.toEpochMilli(), 0, 0);
    }

    /** The moment of an id. */
    public static Instant moment(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private static UUID of(long millis, long count, long random) {
        long most = (millis << 16) | 0x7000L | count;
        long least = (random & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }
}
