package dev.tidings.egress;

import dev.tidings.attempt.Wire.Certificate;
import dev.tidings.attempt.Wire.Tls;
import io.vertx.core.http.HttpConnection;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of each open connection. Looked at once, when the connection is made: a certificate is not
 * decoded for every attempt.
 *
 * <p>Concurrency: connections are made and closed on any event loop; each is used by its pool's clients at once (HTTP/2).
 */
final class Peers {
    private static final int LONGEST_NAME = 200;

    /** The other end, and whether a request went there before. */
    static final class Peer {
        private final @Nullable Tls tls;
        private final AtomicBoolean used = new AtomicBoolean();

        private Peer(@Nullable Tls tls) {
            this.tls = tls;
        }

        @Nullable
        Tls tls() {
            return tls;
        }

        /** Takes it into use; answers whether it was already. */
        boolean use() {
            return used.getAndSet(true);
        }
    }

    private final Map<HttpConnection, Peer> open = new ConcurrentHashMap<>();

    void connected(HttpConnection connection) {
        open.put(connection, new Peer(tls(connection)));
        connection.closeHandler(closed -> open.remove(connection));
    }

    /** The other end of a connection that a request has got. */
    Peer of(HttpConnection connection) {
        Peer known = open.get(connection);
        return known == null ? new Peer(tls(connection)) : known;
    }

    /** How many connections are open. */
    int count() {
        return open.size();
    }

    private static @Nullable Tls tls(HttpConnection connection) {
        SSLSession session = connection.sslSession();
        return session == null ? null : new Tls(session.getProtocol(), session.getCipherSuite(), certificate(session));
    }

    private static @Nullable Certificate certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate x509
                    ? new Certificate(
                            name(x509.getSubjectX500Principal().getName()),
                            name(x509.getIssuerX500Principal().getName()),
                            x509.getNotAfter().toInstant())
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null; // A session without certificates. It was trusted; there is just nothing to show.
        }
    }

    private static String name(String distinguished) {
        String line = Causes.oneLine(distinguished);
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 1) + "…";
    }
}
