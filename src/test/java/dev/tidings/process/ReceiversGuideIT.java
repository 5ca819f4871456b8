package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.process.ConsoleBrowser.Look;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The receiver's guide is code that runs: where its language is on the machine, it takes what Tidings sends, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiversGuideIT {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final String SIGNING_SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private TidingsProcess tidings;
    private ConsoleBrowser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        ConsoleBrowser.assumeIsThere();
        tidings = new TidingsProcess(folder, "quarkus.profile=dev").awaitReady();
        browser = ConsoleBrowser.open(tidings);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (tidings != null) {
            tidings.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "node,   receiver.mjs,  node",
        "python, receiver.py,   python3",
        "java,   Receiver.java, java",
        "go,     receiver.go,   go run"
    })
    void takesWhatTidingsSendsAndNothingElse(String language, String file, String command, @TempDir Path folder)
            throws Exception {
        List<String> program = List.of(command.split(" "));
        assumeThat(isInstalled(program.getFirst())).as(program.getFirst()).isTrue();
        int port = TidingsProcess.freePort();
        try (var screen = browser.screen("guide-" + language, Look.USUAL)) {
            screen.openSettings("");
            screen.api("POST", "feedback-webhooks", webhook(port));
            Object id = screen.webhook().get("id");
            screen.openSettings("/" + id + "/guide?language=" + language);
            Files.writeString(
                    folder.resolve(file), screen.page.locator(".code-block pre").innerText());

            Process receiver = start(folder, program, file, port);
            try {
                await().atMost(Duration.ofSeconds(90)).until(() -> !receiver.isAlive() || isListening(port));
                var answer = (Map<?, ?>) screen.api("POST", "feedback-webhooks/" + id + "/test", null);

                assertThat(answer.get("statusCode")).as(() -> answer.toString()).isEqualTo(202);
                assertThat(postAsAnybody(port)).isEqualTo(401);
            } finally {
                receiver.descendants().forEach(ProcessHandle::destroyForcibly);
                receiver.destroyForcibly().waitFor();
            }
        }
    }

    private static Map<String, Object> webhook(int port) {
        return Map.of(
                "name", "Guided",
                "channels", List.of("email"),
                "url", "http://localhost:" + port + "/feedback",
                "authentication",
                        Map.of(
                                "type",
                                "jwt",
                                "algorithm",
                                "HS256",
                                "secret",
                                SECRET,
                                "claims",
                                Map.of("iss", "me", "aud", "you")),
                "signing", Map.of("type", "hmac-sha256", "secret", SIGNING_SECRET));
    }

    private static Process start(Path folder, List<String> program, String file, int port) throws IOException {
        var builder = new ProcessBuilder(
                        Stream.concat(program.stream(), Stream.of(file)).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("receiver.log").toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("JWT_SECRET", SECRET);
        builder.environment().put("SIGNING_SECRET", SIGNING_SECRET);
        return builder.start();
    }

    private static int postAsAnybody(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/feedback"))
                .header("webhook-id", "forged")
                .header("webhook-timestamp", "1")
                .header("webhook-signature", "v1,Zm9yZ2Vk")
                .header("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
