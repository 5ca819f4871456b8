package dev.tidings.queue;

import dev.tidings.queue.DeliveryFilter.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A period, and the place where a page ends, as bounds of delivery ids: an id begins with the millisecond of acceptance,
 * so one comparison narrows by time, continues a page, and lets PostgreSQL leave whole partitions out.
 *
 * @param from the least id that belongs
 * @param before the least id beyond
 */
record IdRange(UUID from, UUID before) {
    private static final UUID LEAST = new UUID(0, 0);
    private static final UUID BEYOND = new UUID(-1, -1);
    /** 48 bits of milliseconds end in the year 10889. */
    private static final Instant LAST = Instant.ofEpochMilli((1L << 48) - 1);

    /** The ids of that period that are older than {@code after}, the last one of the page before. */
    static IdRange of(Period period, @Nullable UUID after) {
        UUID from = period.from() == null ? LEAST : leastOf(period.from());
        UUID before = period.to() == null ? BEYOND : leastAfter(period.to());
        return new IdRange(from, after == null || isLess(before, after) ? before : after);
    }

    /** The same, but not below that id; {@code null}: the same. */
    IdRange notBelow(@Nullable UUID least) {
        return least == null ? this : new IdRange(least, before);
    }

    private static UUID leastOf(Instant moment) {
        Instant within = moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment;
        return within.isAfter(LAST) ? BEYOND : new UUID(within.toEpochMilli() << 16, 0);
    }

    /** Ids know milliseconds only: a part of one counts as the whole, so that nothing of the period is left out. */
    private static UUID leastAfter(Instant moment) {
        if (moment.isAfter(LAST)) {
            return BEYOND;
        }
        Instant whole = moment.truncatedTo(ChronoUnit.MILLIS);
        return leastOf(whole.equals(moment) ? whole : whole.plusMillis(1));
    }

    /** PostgreSQL compares ids as bytes; {@link UUID#compareTo} compares signed halves. */
    private static boolean isLess(UUID a, UUID b) {
        int upper = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return upper < 0
                || (upper == 0 && Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits()) < 0);
    }
}
