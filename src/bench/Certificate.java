import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A self-signed certificate for localhost, made by the JDK's keytool: {@code sink.p12} and {@code sink.pem}. */
record Certificate(Path store, Path pem) {
    static final String PASSWORD = "changeit";

    static Certificate in(Path folder) throws Exception {
        var made = new Certificate(folder.resolve("sink.p12"), folder.resolve("sink.pem"));
        made.keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext",
                "san=dns:localhost", "-storetype", "PKCS12");
        made.keytool("-exportcert", "-rfc", "-file", made.pem.toString());
        return made;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString(), "-alias", "sink"));
        Process process = new ProcessBuilder(command).inheritIO().redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
    }
}
