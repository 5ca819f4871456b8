package dev.tidings.egress;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says in words for the delivery log why no whole answer came: what a customer needs, no classes, no secrets. */
final class Faults {
    private static final Logger LOG = Logger.getLogger(Faults.class);
    private static final int LONGEST = 500;

    private Faults() {}

    static SendResult of(Throwable failure, Target target, EgressConfig config) {
        Broken broken = judge(failure, target, config);
        String sentence = Causes.oneLine(broken.error());
        return new Broken(
                broken.fault(), sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST - 1) + "…");
    }

    private static Broken judge(Throwable failure, Target target, EgressConfig config) {
        if (failure instanceof BrokenException broken) {
            return broken.result();
        }
        if (failure instanceof TimeoutException) {
            String limit = seconds(config.attemptTimeoutMillis());
            return new Broken(Fault.TIMEOUT, "No whole answer from " + target + " within " + limit);
        }
        Broken untunnelled = EgressProxy.fault(failure, target, config);
        if (untunnelled != null) {
            return untunnelled;
        }
        SSLException tls = Causes.find(failure, SSLException.class);
        if (tls != null) {
            return new Broken(Fault.TLS, TlsFaults.sentence(tls, target, config));
        }
        String unconnected = unconnected(failure, target, config);
        if (unconnected != null) {
            return new Broken(Fault.CONNECT, unconnected);
        }
        if (!isOfTheWire(failure)) {
            // Not the receiver's doing: whoever reads the log should know where in our code it comes from.
            LOG.errorf(failure, "An attempt at %s broke unexpectedly", target);
            return new Broken(Fault.REQUEST, "The request to " + target + " could not be made");
        }
        return new Broken(
                Fault.PROTOCOL,
                "The connection to " + target + " ended before a whole answer came: " + Causes.reason(failure));
    }

    private static @Nullable String unconnected(Throwable failure, Target target, EgressConfig config) {
        if (Causes.find(failure, ConnectTimeoutException.class) != null) {
            return "No connection to " + target + " within "
                    + seconds(config.connectTimeout().toMillis());
        }
        // Netty's kinds of these name the address in their message; the reason is in their cause.
        if (isUnconnected(failure)) {
            return "No connection to " + target + ": " + Causes.reason(failure).toLowerCase(Locale.ROOT);
        }
        return null;
    }

    /** Whether the other end was never reached. */
    static boolean isUnconnected(Throwable failure) {
        return Causes.find(failure, ConnectException.class) != null
                || Causes.find(failure, NoRouteToHostException.class) != null
                || (Causes.find(failure, SocketException.class) != null && isUnreachable(failure));
    }

    private static boolean isUnreachable(Throwable failure) {
        return Causes.reason(failure).toLowerCase(Locale.ROOT).contains("unreachable");
    }

    private static boolean isOfTheWire(Throwable failure) {
        return Causes.find(failure, IOException.class) != null
                || Causes.find(failure, VertxException.class) != null
                || Causes.find(failure, DecoderException.class) != null;
    }

    /** A limit as people say it. */
    static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
