package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No recipient's address gets into the log. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class AddressFilterTest {

    @ParameterizedTest
    @CsvSource({
        "550 ada.lovelace+news@example.com unknown, 550 a***@example.com unknown",
        "to +4915112345678., to +***78.",
        "<adä@exämple.de>, <a***@exämple.de>",
        "delivery=1 outcome=delivered, delivery=1 outcome=delivered",
        "2026-03-01T12:00:00+01:00, 2026-03-01T12:00:00+01:00"
    })
    void masksWhatLooksLikeAnAddress(String said, String shown) {
        var line = new ExtLogRecord(Level.INFO, "%s", ExtLogRecord.FormatStyle.PRINTF, "test");
        line.setParameters(new Object[] {said});

        assertThat(new AddressFilter().isLoggable(line)).isTrue();

        assertThat(new PatternFormatter("%s").format(line)).isEqualTo(shown);
    }

    static Stream<Formatter> formatters() {
        return Stream.of(new PatternFormatter("%s %e"), new JsonFormatter());
    }

    @ParameterizedTest
    @MethodSource("formatters")
    void masksWhatWasThrownWithItsCauses(Formatter formatter) {
        var thrown = new IllegalStateException("not sent", new IOException("550 ada@example.com unknown"));
        thrown.addSuppressed(new IOException("nor to +4915112345678"));
        var line = new ExtLogRecord(Level.INFO, "failed", "test");
        line.setThrown(thrown);

        new AddressFilter().isLoggable(line);

        assertThat(formatter.format(line))
                .contains(
                        "IllegalStateException: not sent", "IOException: 550 a***@example.com unknown", "nor to +***78")
                .contains("masksWhatWasThrownWithItsCauses")
                .doesNotContain("ada@", "+4915");
    }

    @Test
    void leavesWhatHasNoAddressAsItWasThrown() {
        var thrown = new IllegalStateException("not sent", new IOException("no route"));
        var line = new ExtLogRecord(Level.INFO, "failed", "test");
        line.setThrown(thrown);

        new AddressFilter().isLoggable(line);

        assertThat(line.getThrown()).isSameAs(thrown);
    }

    @Test
    void endsWhereCausesGoRoundInCircles() {
        var thrown = new IllegalStateException("to ada@example.com");
        var cause = new IOException("no route", thrown);
        thrown.initCause(cause);
        var line = new ExtLogRecord(Level.INFO, "failed", "test");
        line.setThrown(thrown);

        new AddressFilter().isLoggable(line);

        assertThat(line.getThrown()).hasMessage("java.lang.IllegalStateException: to a***@example.com");
    }

    @Test
    void theConsoleLogsThroughIt() {
        var line = new ExtLogRecord(Level.INFO, "to ada@example.com", ExtLogRecord.FormatStyle.NO_FORMAT, "test");

        all(InitialConfigurator.DELAYED_HANDLER)
                .map(Handler::getFilter)
                .filter(Objects::nonNull)
                .forEach(filter -> filter.isLoggable(line));

        assertThat(line.getMessage()).isEqualTo("to a***@example.com");
    }

    private static Stream<Handler> all(Handler handler) {
        Handler[] within = handler instanceof ExtHandler nest ? nest.getHandlers() : new Handler[0];
        return Stream.concat(Stream.of(handler), Arrays.stream(within).flatMap(AddressFilterTest::all));
    }
}
