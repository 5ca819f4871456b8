package dev.tidings.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.queue.DeliveryFilter.Period;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdRangeTest {
    private static final UUID LEAST = UUID.fromString("00000000-0000-0000-0000-000000000000");
    private static final UUID BEYOND = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

    @Test
    void withoutAPeriodEveryIdBelongs() {
        assertThat(IdRange.of(new Period(null, null), null)).isEqualTo(new IdRange(LEAST, BEYOND));
    }

    @Test
    void aPeriodBeginsAndEndsWithTheMillisecondOfItsBounds() {
        Period period = new Period(Instant.ofEpochMilli(0x0123_4567_89ABL), Instant.ofEpochMilli(0x0123_4567_89ACL));

        assertThat(IdRange.of(period, null))
                .isEqualTo(new IdRange(
                        UUID.fromString("01234567-89ab-0000-0000-000000000000"),
                        UUID.fromString("01234567-89ac-0000-0000-000000000000")));
    }

    @Test
    void anEndWithinAMillisecondTakesAllOfIt() {
        Period period = new Period(null, Instant.ofEpochMilli(0x0123_4567_89ABL).plusNanos(1));

        assertThat(IdRange.of(period, null).before())
                .isEqualTo(UUID.fromString("01234567-89ac-0000-0000-000000000000"));
    }

    @Test
    void aPageContinuesBelowTheLastId() {
        UUID last = UUID.fromString("90000000-0000-7000-8000-000000000000");

        assertThat(IdRange.of(new Period(null, null), last).before()).isEqualTo(last);
        assertThat(IdRange.of(new Period(null, Instant.EPOCH), last).before()).isEqualTo(LEAST);
    }

    @Test
    void momentsThatNoIdCanHaveAreTheEnds() {
        assertThat(IdRange.of(new Period(Instant.MIN, Instant.MAX), null)).isEqualTo(new IdRange(LEAST, BEYOND));
        assertThat(IdRange.of(new Period(Instant.MAX, Instant.MIN), null)).isEqualTo(new IdRange(BEYOND, LEAST));
    }
}
