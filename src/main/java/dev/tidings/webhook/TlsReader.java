package dev.tidings.webhook;

import dev.tidings.web.JsonFields;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads whom an admin wants a webhook's connections to believe, and what they show. A key that is left out stays with its
 * certificate. What has ended is refused when it is new; what ended since it was stored does not stand in the way of
 * other changes.
 */
final class TlsReader {
    private static final int LONGEST_BUNDLE = 65_536;
    private static final int LONGEST_KEY = 16_384;
    private static final int MOST_AUTHORITIES = 20;
    private static final int MOST_IN_A_CHAIN = 5;
    private static final int SMALLEST_RSA = 2_048;
    private static final Set<String> KINDS = Set.of("RSA", "EC", "EdDSA");

    private final JsonFields fields;
    private final Tls stored;
    private final Instant now;

    private TlsReader(JsonFields fields, Tls stored, Instant now) {
        this.fields = fields;
        this.stored = stored;
        this.now = now;
    }

    /** @param submitted {@code null}: nothing was, which is what all have */
    static Tls read(@Nullable JsonFields submitted, Tls stored, Instant now) {
        return submitted == null ? Tls.USUAL : new TlsReader(submitted, stored, now).tls();
    }

    private Tls tls() {
        String authorities = text("caCertificates", LONGEST_BUNDLE);
        boolean good = authorities.isEmpty()
                || certificates("caCertificates", authorities, MOST_AUTHORITIES, stored.authorities()) != null;
        String chain = text("clientCertificate", LONGEST_BUNDLE);
        if (chain.isEmpty()) {
            if (fields.has("clientKey")) {
                fields.violate("clientKey", "must have its clientCertificate beside it");
            }
            return good ? Tls.of(authorities, null) : Tls.USUAL;
        }
        Tls.Client client = client(chain);
        return good && client != null ? Tls.of(authorities, client) : Tls.USUAL;
    }

    private Tls.@Nullable Client client(String chain) {
        Tls.Client old = stored.client();
        List<X509Certificate> certificates =
                certificates("clientCertificate", chain, MOST_IN_A_CHAIN, old == null ? "" : old.chain());
        String key = fields.optionalText("clientKey", LONGEST_KEY);
        if (!fields.has("clientKey") && old != null) {
            key = old.key();
        } else if (!fields.has("clientKey")) {
            fields.violate("clientKey", "is required: the private key of clientCertificate");
        }
        if (certificates == null || key == null || !isInOrder(certificates)) {
            return null;
        }
        String violation = violation(key, certificates.getFirst());
        if (violation != null) {
            fields.violate(fields.has("clientKey") || old == null ? "clientKey" : "clientCertificate", violation);
            return null;
        }
        return new Tls.Client(chain, key);
    }

    private boolean isInOrder(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i).getSubjectX500Principal().equals(chain.get(i - 1).getIssuerX500Principal())) {
                fields.violate(
                        "clientCertificate",
                        "must begin with the client's own certificate, and each further one must be the issuer of the"
                                + " one before: number " + (i + 1) + " is not");
                return false;
            }
        }
        if (!KINDS.contains(chain.getFirst().getPublicKey().getAlgorithm())) {
            fields.violate("clientCertificate", "must be for an RSA, elliptic-curve or Ed25519 key");
            return false;
        }
        return true;
    }

    /** Never shows a part of the key. */
    private static @Nullable String violation(String pem, X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < SMALLEST_RSA) {
            return "must be an RSA key of at least 2,048 bits, has "
                    + rsa.getModulus().bitLength();
        }
        try {
            PrivateKey key = Certificates.privateKey(pem, certificate.getPublicKey());
            return Certificates.areAPair(key, certificate.getPublicKey())
                    ? null
                    : "must go together: the private key is not that of clientCertificate";
        } catch (GeneralSecurityException e) {
            return "must be the private key of clientCertificate, unencrypted PKCS #8 in PEM"
                    + " (-----BEGIN PRIVATE KEY----- …; convert it with: openssl pkcs8 -topk8 -nocrypt)";
        }
    }

    private @Nullable List<X509Certificate> certificates(String field, String pem, int most, String old) {
        try {
            List<X509Certificate> certificates = Certificates.read(pem);
            if (certificates.size() > most) {
                fields.violate(field, "must hold at most " + most + " certificates, has " + certificates.size());
                return null;
            }
            for (X509Certificate certificate : certificates) {
                if (!pem.equals(old) && !now.isBefore(certificate.getNotAfter().toInstant())) {
                    fields.violate(
                            field,
                            "holds a certificate that has expired on "
                                    + certificate.getNotAfter().toInstant());
                    return null;
                }
            }
            return certificates;
        } catch (CertificateException e) {
            fields.violate(field, Objects.requireNonNullElse(e.getMessage(), "must be PEM certificates"));
            return null;
        }
    }

    private String text(String name, int longest) {
        String text = fields.optionalText(name, longest);
        return text == null || text.isBlank() ? "" : text.strip() + "\n";
    }
}
