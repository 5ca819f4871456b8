package dev.tidings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.AsyncHandler;
import org.junit.jupiter.api.Test;

class LastLineTest {
    private static final Logger LOG = Logger.getLogger(LastLineTest.class);

    @Test
    void isWrittenAfterAllThatWasLoggedBeforeHoweverSlowTheConsoleIs() {
        List<String> console = new CopyOnWriteArrayList<>();
        var queue = new AsyncHandler();
        queue.addHandler(new SlowConsole(console));
        var root = LogContext.getLogContext().getLogger("");
        root.addHandler(queue);
        try {
            LOG.error("one");
            LOG.error("two");
            LastLine.write("the end");
            assertThat(console).containsExactly("one", "two", "the end");
        } finally {
            root.removeHandler(queue);
            queue.close();
        }
    }

    @Test
    void saysWhichConnectionWasRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:postgresql://localhost:1/none"))
                .satisfies(refused -> assertThat(LastLine.reason(new IllegalStateException("no start", refused)))
                        .startsWith("org.postgresql.util.PSQLException: Connection to localhost:1 refused")
                        .endsWith("(java.net.ConnectException: Connection refused)"));
    }

    @Test
    void saysTheRootCauseWhereOnlyTheJdkKnows() {
        assertThat(LastLine.reason(new IllegalStateException("no start", new IOException("disk full"))))
                .isEqualTo("java.io.IOException: disk full");
    }

    @Test
    void endsWhereCausesGoRound() {
        var one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));

        assertThat(LastLine.reason(one)).startsWith("java.lang.IllegalStateException: ");
    }

    /** Takes a fifth of a second for each line. */
    private static final class SlowConsole extends ExtHandler {
        private final List<String> lines;

        SlowConsole(List<String> lines) {
            this.lines = lines;
        }

        @Override
        protected void doPublish(ExtLogRecord line) {
            LockSupport.parkNanos(200_000_000);
            lines.add(line.getMessage());
        }
    }
}
