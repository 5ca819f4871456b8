package dev.tidings.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A private authority, and what it issued to a client: made by this JDK's keytool, as customers make theirs. */
public final class ClientCertificate {
    private static final String PASSWORD = "changeit";
    private static final byte[] NEW_LINE = {'\n'};

    private final KeyStore store;
    private final String authority;

    private ClientCertificate(KeyStore store, String authority) {
        this.store = store;
        this.authority = authority;
    }

    /** @param algorithm as keytool names it: {@code RSA}, {@code EC}, {@code Ed25519} */
    public static ClientCertificate of(String algorithm, int daysLeft) {
        try {
            Path file = Files.createTempDirectory("tidings-client").resolve("store.p12");
            String common = " -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + file;
            Keytool.run("-genkeypair -alias ca -keyalg EC -dname CN=Private-Authority -validity 90 -ext bc:c=ca:true"
                    + common);
            // The days may be over: they begin ten before.
            Keytool.run(
                    "-genkeypair -alias client -keyalg " + algorithm + " -dname CN=tidings -startdate -10d -validity "
                            + (10 + daysLeft) + " -signer ca -signerkeypass " + PASSWORD + common);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            return new ClientCertificate(
                    store, pem("CERTIFICATE", store.getCertificate("ca").getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's certificate. */
    public String authority() {
        return authority;
    }

    /** What a server asks its clients for. */
    PemTrustOptions trust() {
        return new PemTrustOptions().addCertValue(Buffer.buffer(authority));
    }

    /** The client's certificate. */
    public String certificate() {
        try {
            return pem("CERTIFICATE", store.getCertificate("client").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its private key. */
    public String key() {
        try {
            return pem(
                    "PRIVATE KEY",
                    store.getKey("client", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, NEW_LINE).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
