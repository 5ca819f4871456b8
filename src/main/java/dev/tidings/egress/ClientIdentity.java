package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.webhook.Certificates;
import dev.tidings.webhook.Tls;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** What is shown to a receiver that asks for a client certificate. */
final class ClientIdentity {
    /** Of a key store that never leaves the memory. */
    private static final char[] NO_PASSWORD = {};

    private ClientIdentity() {}

    static KeyCertOptions of(Tls.Client client) {
        try {
            List<X509Certificate> chain = Certificates.checked(client.chain());
            PrivateKey key =
                    Certificates.privateKey(client.key(), chain.getFirst().getPublicKey());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            for (KeyManager manager : factory.getKeyManagers()) {
                if (manager instanceof X509KeyManager x509) {
                    return KeyCertOptions.wrap(x509);
                }
            }
            throw new GeneralSecurityException("this JDK has no X.509 key manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new BrokenException(Fault.REQUEST, "The webhook's client certificate can't be used");
        }
    }
}
