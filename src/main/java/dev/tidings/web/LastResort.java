package dev.tidings.web;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The answer to what nobody expected. The caller learns an id and nothing of the inside; the log has it all, once, under
 * that id. When the database cannot be reached, that is said, since it passes.
 */
final class LastResort {
    private static final Logger LOG = Logger.getLogger(LastResort.class);
    private static final Duration COME_BACK = Duration.ofSeconds(2);

    private LastResort() {}

    static ProblemException answer(Throwable surprise) {
        if (surprise instanceof ProblemException expected) {
            return expected;
        }
        UUID id = UUID.randomUUID();
        if (isOutage(surprise)) {
            LOG.warnf("Request not carried out (%s): %s", id, surprise);
            return ProblemException.unavailable("Tidings can't do this at present: try again (" + id + ")", COME_BACK);
        }
        LOG.errorf(surprise, "Request failed (%s)", id);
        return ProblemException.broken("Something unexpected went wrong. The operator's log has it under " + id);
    }

    private static boolean isOutage(Throwable surprise) {
        int depth = 0;
        for (Throwable cause = surprise; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof SocketException // refused, or reset
                    || cause instanceof ClosedChannelException
                    || cause instanceof TimeoutException
                    || cause instanceof FaultToleranceException
                    || cause instanceof VertxException // a connection that was closed
                    || (cause instanceof PgException postgres && isOutage(postgres.getSqlState()))) {
                return true;
            }
        }
        return false;
    }

    /** SQLSTATE classes 08 (connection), 53 (resources) and 57 (the operator intervened). */
    private static boolean isOutage(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08") || sqlState.startsWith("53") || sqlState.startsWith("57"));
    }
}
