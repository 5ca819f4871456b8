package dev.tidings.egress;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Fault;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in words for the delivery log why no whole answer came. */
final class Faults {
    private static final int LONGEST = 500;

    private Faults() {}

    /** @param target {@code host:port}, for the sentence */
    static SendResult of(Throwable failure, String target, EgressConfig config) {
        if (failure instanceof BrokenException broken) {
            return broken.result();
        }
        if (failure instanceof TimeoutException) {
            return broken(
                    Fault.TIMEOUT,
                    "No whole answer from " + target + " within " + config.attemptTimeoutMillis() + " ms");
        }
        if (find(failure, SSLException.class) != null || find(failure, CertificateException.class) != null) {
            return broken(Fault.TLS, "TLS with " + target + " failed: " + root(failure));
        }
        if (find(failure, UnknownHostException.class) != null) {
            return broken(Fault.DNS, "The host name of " + target + " can't be resolved");
        }
        if (find(failure, ConnectException.class) != null || find(failure, NoRouteToHostException.class) != null) {
            // Netty's own timeout is a ConnectException too.
            return broken(
                    Fault.CONNECT,
                    "No connection to " + target + " (limit "
                            + config.connectTimeout().toSeconds() + " s): " + root(failure));
        }
        return broken(
                Fault.PROTOCOL, "The connection to " + target + " ended before a whole answer came: " + root(failure));
    }

    private static SendResult broken(Fault fault, String sentence) {
        return new SendResult.Broken(fault, sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST));
    }

    /** The innermost message: the outer ones name classes. */
    private static String root(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < 10; depth++) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? "no reason given" : message.replace("\0", "").replaceAll("\\s+", " ");
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
