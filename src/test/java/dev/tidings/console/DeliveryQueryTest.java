package dev.tidings.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackStatus;
import dev.tidings.queue.DeliveryFilter;
import dev.tidings.queue.DeliveryFilter.Period;
import dev.tidings.queue.DeliveryState.Kind;
import dev.tidings.web.Cursor;
import dev.tidings.web.PageQuery;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryQueryTest {
    private static final Instant NOON = Instant.parse("2026-10-06T12:00:00Z");

    @Test
    void anEmptyQueryWantsTheNewestFifty() {
        var wanted = new DeliveryQuery(null, null, null, null, null, null, null, null, null, null).wanted();

        assertThat(wanted).isEqualTo(new DeliveryQuery.Wanted(DeliveryFilter.ALL, new PageQuery(null, 50)));
    }

    @Test
    void everyWordHasItsMeaning() {
        UUID last = UUID.fromString("0199c2f4-7a10-7000-8000-0c5d2f6f1b2a");
        var wanted = new DeliveryQuery(
                        "failed",
                        "sms",
                        "bounce",
                        "c",
                        "r",
                        "e",
                        "2026-10-06T12:00:00Z",
                        "2026-10-06T15:00:00+02:00",
                        "200",
                        new Cursor(last).word())
                .wanted();

        assertThat(wanted)
                .isEqualTo(new DeliveryQuery.Wanted(
                        new DeliveryFilter(
                                Kind.FAILED,
                                Channel.SMS,
                                FeedbackStatus.BOUNCE,
                                new DeliveryFilter.Correlation("c", "r", "e"),
                                new Period(NOON, NOON.plusSeconds(3600))),
                        new PageQuery(last, 200)));
    }

    @Test
    void aPlusThatArrivesAsASpaceIsUnderstood() {
        var wanted = new DeliveryQuery(
                        null, null, null, null, null, null, "2026-10-06T14:00:00 02:00", null, null, null)
                .wanted();

        assertThat(wanted.filter().period().from()).isEqualTo(NOON);
    }
}
