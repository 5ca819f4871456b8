package dev.tidings.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {
    private static final Instant NOW = Instant.parse("2026-10-06T18:22:41.512Z");

    @Test
    void tellsItsMomentAndIsOfVersionSeven() {
        UUID id = UuidV7.at(Instant.parse("2126-10-06T18:22:41.512Z"));

        assertThat(UuidV7.moment(id)).isEqualTo(Instant.parse("2126-10-06T18:22:41.512Z"));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void idsOfOneNodeRiseEvenWithinAMillisecond() {
        String last = "";
        for (int i = 0; i < 10_000; i++) {
            String id = UuidV7.at(NOW).toString();
            assertThat(id).isGreaterThan(last);
            last = id;
        }
    }

    @Test
    void theFloorOfAMomentIsNoGreaterThanItsIds() {
        assertThat(UuidV7.floor(NOW).toString()).isEqualTo("01a11274-1b68-7000-8000-000000000000");
    }
}
