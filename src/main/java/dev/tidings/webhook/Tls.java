package dev.tidings.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook's connections believe besides what all believe, and how they show who they are.
 *
 * @param authorities PEM certificates that are trusted besides the operator's; empty: none
 * @param client what is shown to a receiver that asks; {@code null}: nothing
 * @param expiresAt when the first of these certificates ends; {@code null}: there is none
 */
public record Tls(
        String authorities,
        @Nullable Client client,
        @Nullable Instant expiresAt) {
    /** As all webhooks that say nothing of it. */
    public static final Tls USUAL = new Tls("", null, null);

    static Tls of(String authorities, @Nullable Client client) {
        List<Instant> ends = Certificates.ends(authorities + (client == null ? "" : client.chain()));
        return new Tls(
                authorities, client, ends.stream().min(Instant::compareTo).orElse(null));
    }

    /** Long enough to have a new certificate issued and installed. */
    private static final Duration NOTICE = Duration.ofDays(30);

    /** Whether a certificate has ended. */
    public boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Whether a certificate ends soon, and it is time to see to another one. */
    public boolean endsSoon(Instant now) {
        return expiresAt != null && !isOver(now) && !now.plus(NOTICE).isBefore(expiresAt);
    }

    /** Whether connections are as everybody's, and may be shared. */
    public boolean isUsual() {
        return authorities.isEmpty() && client == null;
    }

    /**
     * A client certificate.
     *
     * @param chain PEM certificates, the client's own first
     * @param key its private key, PEM (PKCS #8)
     */
    public record Client(String chain, String key) {

        /** Never shows the key. */
        @Override
        public String toString() {
            return "Client[key=***]";
        }
    }

    /** Certificates are long, and tell no reader of a log anything. */
    @Override
    public String toString() {
        return isUsual() ? "Tls[usual]" : "Tls[expiresAt=" + expiresAt + "]";
    }
}
