package dev.tidings.telemetry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.AsyncHandler;

/**
 * The line that says why the process ends. Lines wait in a queue for a thread that would end with the process: this one is
 * waited for, and with it all that were logged before.
 */
public final class LastLine {
    private static final Logger LOG = Logger.getLogger(LastLine.class);
    /** A console that nobody reads must not keep a process that is about to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Causes may go round in a circle. */
    private static final int DEEP = 100;

    private LastLine() {}

    /** Logs it as an error; returns when it was written, or after five seconds. */
    public static void write(String line) {
        var queues = Arrays.stream(LogContext.getLogContext().getLogger("").getHandlers())
                .flatMap(LastLine::queues)
                .toList();
        var written = new CountDownLatch(queues.size());
        queues.forEach(queue -> queue.addHandler(new Arrival(written)));
        LOG.error(line);
        try {
            written.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What failed, by whoever knew what it was for: the JDK would only say that a connection was refused, not which. */
    public static String reason(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEP)
                .toList();
        Throwable root = causes.getLast();
        return causes.reversed().stream()
                .filter(cause -> !cause.getClass().getName().startsWith("java."))
                .findFirst()
                .filter(known -> known.getCause() != null)
                .map(known -> "%s (%s)".formatted(known, root))
                .orElseGet(root::toString);
    }

    private static Stream<AsyncHandler> queues(java.util.logging.Handler handler) {
        return switch (handler) {
            case AsyncHandler queue -> Stream.of(queue);
            case ExtHandler parent -> Arrays.stream(parent.getHandlers()).flatMap(LastLine::queues);
            default -> Stream.empty();
        };
    }

    /** Comes after the queue's other handlers, and hears of a line when they have written it. */
    private static final class Arrival extends ExtHandler {
        private final CountDownLatch written;

        Arrival(CountDownLatch written) {
            this.written = written;
        }

        @Override
        protected void doPublish(ExtLogRecord heard) {
            if (LOG.getName().equals(heard.getLoggerName())) {
                written.countDown();
            }
        }
    }
}
