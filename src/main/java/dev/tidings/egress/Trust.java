package dev.tidings.egress;

import dev.tidings.webhook.Certificates;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities that are believed: the JDK's, and besides those of the operator and of a webhook. */
final class Trust {
    private Trust() {}

    /**
     * @param operators a PEM file
     * @param own PEM certificates of a webhook's; empty: it has none
     * @return empty: only the JDK's are believed
     */
    static Optional<TrustOptions> besidesTheJdks(Optional<Path> operators, String own) {
        if (operators.isEmpty() && own.isEmpty()) {
            return Optional.empty();
        }
        List<Certificate> added = new ArrayList<>(Certificates.checked(own));
        operators.ifPresent(pem -> added.addAll(certificatesOf(pem)));
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (X509Certificate known : manager(null).getAcceptedIssuers()) {
                all.setCertificateEntry("jdk" + count++, known);
            }
            for (Certificate one : added) {
                all.setCertificateEntry("added" + count++, one);
            }
            return Optional.of(TrustOptions.wrap(manager(all)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificate authorities can't be put together", e);
        }
    }

    private static List<Certificate> certificatesOf(Path pem) {
        try {
            List<Certificate> list = new ArrayList<>();
            certificates(pem).forEach(list::add);
            return list;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "tidings.egress.ca-certificates: no certificates could be read from " + pem + ": " + e.getMessage(),
                    e);
        }
    }

    private static Iterable<? extends Certificate> certificates(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JDK has no X.509 trust manager");
    }
}
