package dev.tidings.telemetry;

import dev.tidings.feedback.Masked;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Masks the addresses of recipients in every line of the log, whoever wrote it, before it becomes text or JSON. No line of
 * ours has one on purpose; a receiver's or a library's words may, and so may an exception. Every line that is logged is put
 * together once more for it, and looked through.
 */
@LoggingFilter(name = "addresses")
public final class AddressFilter implements Filter {
    /** The message with its parameters, and nothing else. */
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord told) {
            String said = MESSAGE.format(told);
            String masked = Masked.text(said);
            if (!masked.equals(said)) {
                told.setMessage(masked, FormatStyle.NO_FORMAT);
            }
            Throwable thrown = told.getThrown();
            if (thrown != null) {
                told.setThrown(ShownThrowable.of(thrown));
            }
        }
        return true;
    }
}
