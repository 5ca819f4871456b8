package dev.tidings.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate for {@code localhost}, made by this JDK's keytool once a test run. */
public final class TestCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static final class Made {
        static final Path FOLDER = make();
    }

    private TestCertificate() {}

    /** The certificate as PEM, for {@code tidings.egress.ca-certificates}. */
    public static Path pem() {
        return Made.FOLDER.resolve("localhost.pem");
    }

    /** For a server that shows it. */
    public static SSLContext serverContext() {
        try (InputStream in = Files.newInputStream(Made.FOLDER.resolve("localhost.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for the test", e);
        }
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("tidings-certificate");
            String store = folder.resolve("localhost.p12").toString();
            keytool(
                    "-genkeypair",
                    "-alias",
                    "localhost",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-validity",
                    "2",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store);
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    "localhost",
                    "-file",
                    folder.resolve("localhost.pem").toString(),
                    "-keystore",
                    store);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keytool(String... arguments) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(keytool, "-storepass", "changeit"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool ran", e);
        }
    }
}
