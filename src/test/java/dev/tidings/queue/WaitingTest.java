package dev.tidings.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.queue.Waiting.Lane;
import dev.tidings.queue.Waiting.Split;
import org.junit.jupiter.api.Test;

class WaitingTest {

    @Test
    void thePartsAddUpToWhatIsUnfinished() {
        assertThat(waiting(lane(2), lane(3), 1).split(6)).isEqualTo(new Split(2, 1, 3));
        assertThat(waiting(lane(2), lane(3), 1).split(4))
                .as("some ended meanwhile")
                .isEqualTo(new Split(0, 1, 3));
        assertThat(waiting(lane(2), lane(3), 9).split(4)).isEqualTo(new Split(0, 4, 0));
    }

    @Test
    void aLaneThatWasNotReadToItsEndGetsTheRest() {
        assertThat(waiting(full(), lane(3), 1).split(1_000_000)).isEqualTo(new Split(999_996, 1, 3));
        assertThat(waiting(lane(2), full(), 1).split(1_000_000)).isEqualTo(new Split(2, 1, 999_997));
    }

    @Test
    void whatCannotBeToldIsSaidToBePending() {
        assertThat(waiting(full(), full(), 0).split(1_000_000)).isEqualTo(new Split(990_000, 0, 10_000));
    }

    private static Waiting waiting(Lane pending, Lane retrying, long delivering) {
        return new Waiting(pending, retrying, delivering, 0, null);
    }

    private static Lane lane(long found) {
        return new Lane(found, false);
    }

    private static Lane full() {
        return new Lane(10_000, true);
    }
}
