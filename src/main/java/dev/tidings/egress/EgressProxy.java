package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operator's way out, where there is one: a tunnel through an HTTP proxy (CONNECT: RFC 9110, 9.3.6) to the address that
 * was vetted here, so that the proxy resolves nothing. TLS is spoken through it, from end to end.
 *
 * <p>Whose fault it is when no tunnel comes about: the proxy's own when it can't be reached, or asks for other credentials;
 * the receiver's when the proxy says that it could not get there, or says nothing.
 */
final class EgressProxy {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    /** Netty tells the answer's status in its message only. */
    private static final Pattern STATUS = Pattern.compile("status: (\\d{3})");

    private EgressProxy() {}

    static @Nullable ProxyOptions options(EgressConfig config) {
        return config.proxy()
                .map(proxy -> new ProxyOptions()
                        .setType(ProxyType.HTTP)
                        .setHost(proxy.host())
                        .setPort(proxy.port())
                        .setUsername(config.proxyUser().orElse(null))
                        .setPassword(config.proxyPassword().orElse(null))
                        .setConnectTimeout(config.connectTimeout()))
                .orElse(null);
    }

    /** What kept the tunnel from being made; {@code null}: it is there, or there is no proxy. */
    static @Nullable Broken fault(Throwable failure, Target target, EgressConfig config) {
        HostPort proxy = config.proxy().orElse(null);
        if (proxy == null || !target.tls()) {
            return null;
        }
        ProxyConnectException refused = Causes.find(failure, ProxyConnectException.class);
        if (refused != null) {
            return refused(refused, proxy, target, config);
        }
        // With a proxy, the only connection is the one to it.
        if (Causes.find(failure, ConnectTimeoutException.class) != null) {
            return unusable(
                    proxy,
                    "no connection within "
                            + Faults.seconds(config.connectTimeout().toMillis()));
        }
        return Faults.isUnconnected(failure) || Causes.find(failure, UnknownHostException.class) != null
                ? unusable(proxy, Causes.reason(failure))
                : null;
    }

    private static Broken refused(ProxyConnectException refused, HostPort proxy, Target target, EgressConfig config) {
        int status = refused instanceof HttpProxyConnectException ? status(refused) : 0;
        if (status == PROXY_AUTHENTICATION_REQUIRED) {
            return unusable(proxy, "it asks for other credentials (407)");
        }
        Throwable cause = refused.getCause(); // itself a SocketException
        if (cause != null && Causes.find(cause, SocketException.class) != null) {
            return unusable(proxy, Causes.reason(cause));
        }
        String why = status == 0
                ? "did not answer within "
                        + Faults.seconds(config.connectTimeout().toMillis())
                : "answered " + status;
        return new Broken(Fault.CONNECT, "No connection to " + target + ": the egress proxy " + why);
    }

    private static Broken unusable(HostPort proxy, String why) {
        return new Broken(Fault.PROXY, "The egress proxy " + proxy + " can't be used: " + why);
    }

    private static int status(Throwable refused) {
        Matcher matcher = STATUS.matcher(String.valueOf(refused.getMessage()));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
