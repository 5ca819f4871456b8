package dev.tidings.telemetry;

import dev.tidings.web.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Requests that a valid token did not open: counted, and logged with whose token it was. */
@ApplicationScoped
class RefusalMetrics {
    private static final Logger LOG = Logger.getLogger("dev.tidings.refusal");
    private static final int LONGEST = 128;

    private final MeterRegistry registry;

    RefusalMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void refused(@Observes Refused refused) {
        String why = refused.why().name().toLowerCase(Locale.ROOT);
        registry.counter("tidings.refusals", "lacks", why, "route", refused.route())
                .increment();
        LOG.warnf("refused user=%s route=%s lacks=%s", oneLine(refused.user()), refused.route(), why);
    }

    /** A token's words are somebody else's: they begin no line of their own. */
    private static String oneLine(String user) {
        String line = user.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
