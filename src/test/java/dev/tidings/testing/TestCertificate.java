package dev.tidings.testing;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a receiver shows of itself. Made by this JDK's keytool, once a test run and only when it is asked for. */
public enum TestCertificate {
    /** For {@code localhost}, from the authority that the application trusts in tests. */
    LOCALHOST("san=dns:localhost,ip:127.0.0.1", "-1H", true),
    /** From that authority too, but for another name. */
    ELSEWHERE("san=dns:elsewhere.example", "-1H", true),
    /** From that authority, for {@code localhost}, but its days are over. */
    EXPIRED("san=dns:localhost", "-9d", true),
    /** For {@code localhost}, but signed by nobody that anybody knows. */
    SELF_SIGNED("san=dns:localhost", "-1H", false);

    private static final String PASSWORD = "changeit";
    private static final Map<TestCertificate, Path> STORES = new ConcurrentHashMap<>();

    /** The authority: its key store and its certificate as PEM. */
    private static final class Authority {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("tidings-certificates");
                String store = folder.resolve("authority.p12").toString();
                Keytool.run("-genkeypair -alias ca -keyalg EC -dname CN=Test-Authority -validity 7 -ext bc:c=ca:true"
                        + " -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + store);
                Keytool.run("-exportcert -rfc -alias ca -storepass " + PASSWORD + " -keystore " + store + " -file "
                        + folder.resolve("authority.pem"));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final String subject;
    private final String start;
    private final boolean known;

    TestCertificate(String subject, String start, boolean known) {
        this.subject = subject;
        this.start = start;
        this.known = known;
    }

    /** The authority's certificate as PEM, for {@code tidings.egress.ca-certificates}. */
    public static Path pem() {
        return Authority.FOLDER.resolve("authority.pem");
    }

    /** For a server that shows it. */
    PfxOptions forServer() {
        return new PfxOptions()
                .setPath(STORES.computeIfAbsent(this, TestCertificate::make).toString())
                .setPassword(PASSWORD);
    }

    private static Path make(TestCertificate certificate) {
        Path store = Authority.FOLDER.resolve(certificate.name() + ".p12");
        String signer = certificate.known ? " -signer ca -signerkeypass " + PASSWORD + " -keystore " : " -keystore ";
        if (!certificate.known) {
            Keytool.run(arguments(certificate) + signer + store);
            return store;
        }
        // keytool signs with a key of the same store only: the authority's is copied first.
        try {
            Files.copy(Authority.FOLDER.resolve("authority.p12"), store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Keytool.run(arguments(certificate) + signer + store);
        Keytool.run("-delete -alias ca -storepass " + PASSWORD + " -keystore " + store);
        return store;
    }

    private static String arguments(TestCertificate certificate) {
        return String.join(
                " ",
                List.of(
                        "-genkeypair -alias receiver -keyalg EC -dname CN=receiver -validity 7",
                        "-storetype PKCS12 -storepass " + PASSWORD,
                        "-startdate " + certificate.start,
                        "-ext " + certificate.subject));
    }
}
