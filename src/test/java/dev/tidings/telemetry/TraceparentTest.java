package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.DeliveryRows;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver.Answer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What becomes of a caller's {@code traceparent} where no collector is configured. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class TraceparentTest {
    @Inject
    ManualClock clock;

    @Inject
    DataSource database;

    private final String given = "00-" + TracedTenant.newTraceId() + "-b7ad6b7169203331-01";

    @Test
    void isHandedOnAsItCameAlsoOverARetry() {
        try (var traced = new TracedTenant(true)) {
            traced.receiver.then(Answer.of(500));
            traced.post(given);
            traced.tenant.awaitState("retrying");
            clock.advance(Duration.ofSeconds(73));

            assertThat(traced.awaitTraceparents(2)).containsExactly(given, given);
        }
    }

    @Test
    void isNotHandedOnUnlessTheWebhookSaysSo() {
        try (var traced = new TracedTenant(false)) {
            traced.post(given);

            assertThat(traced.awaitTraceparents(1)).containsOnlyNulls();
        }
    }

    @Test
    void isNotMadeUpWhereNoneThatCountsCame() {
        try (var traced = new TracedTenant(true)) {
            traced.post();
            traced.post(given.toUpperCase(Locale.ROOT));
            traced.post(given, given);

            assertThat(traced.awaitTraceparents(3)).containsOnlyNulls();
            assertThat(new DeliveryRows(database)
                            .count(
                                    "SELECT count(*) FROM event WHERE traceparent IS NULL AND ims_org = ?",
                                    traced.tenant.tenant().imsOrg()))
                    .isEqualTo(3);
        }
    }
}
