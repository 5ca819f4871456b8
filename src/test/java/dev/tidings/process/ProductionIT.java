package dev.tidings.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The prod profile: guarded, or not started. */
class ProductionIT {
    private static final String READ = "messages_presets.read";

    @Test
    void refusesToStartWithoutAKeyToVerifyTokensWith(@TempDir Path folder) {
        try (var tidings = new TidingsProcess(folder)) {
            assertThat(tidings.awaitExit()).isEqualTo(2);
            assertThat(tidings.log())
                    .contains("mp.jwt.verify.publickey.location", "mp.jwt.verify.issuer", "-Dquarkus.profile=dev")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    @EnabledIfSystemProperty(named = "tidings.executable", matches = ".+", disabledReason = "the jar brings a database")
    void theNativeExecutableSaysWhichDatabaseToSet(@TempDir Path folder) {
        try (var tidings = TidingsProcess.running("drain", folder)) {
            assertThat(tidings.awaitExit()).isEqualTo(2);
            assertThat(tidings.log())
                    .contains("QUARKUS_DATASOURCE_REACTIVE_URL", "QUARKUS_DATASOURCE_PASSWORD")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void refusesToStartWithoutAKeyToEncryptWith(@TempDir Path folder) {
        try (var tidings = new TidingsProcess(
                folder,
                "mp.jwt.verify.publickey.location=https://issuer.example.com/keys",
                "mp.jwt.verify.issuer=https://issuer.example.com",
                "quarkus.datasource.reactive.url=postgresql://localhost:1/none")) {
            assertThat(tidings.awaitExit()).isEqualTo(2);
            assertThat(tidings.log())
                    .contains("TIDINGS_SECRETS_KEYS_FILE", "openssl rand -base64 32")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void refusesToStartWhenTheKeyOfStoredSecretsIsGone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("data/secrets.key");
        String webhook = "{\"name\":\"n\",\"channels\":[\"sms\"],\"url\":\"https://hooks.example.com/\"}";
        String first;
        try (var tidings = new TidingsProcess(folder, "quarkus.profile=dev").awaitReady()) {
            assertThat(tidings.send("POST", "/v1/feedback-webhooks", webhook).statusCode())
                    .isEqualTo(201);
            first = Files.readAllLines(file).getLast();
        }
        Files.delete(file);
        try (var tidings = new TidingsProcess(folder, "quarkus.profile=dev")) {
            assertThat(tidings.awaitExit()).isEqualTo(1);
            assertThat(tidings.log())
                    .contains("encrypted with the key " + first.split(":")[0])
                    .doesNotContain(first.split(":")[1]);
        }
        Files.writeString(file, first + "\n", StandardOpenOption.APPEND);
        try (var tidings = new TidingsProcess(folder, "quarkus.profile=dev").awaitReady()) {
            assertThat(tidings.send("GET", "/v1/feedback-webhooks", "").body()).contains("hooks.example.com");
        }
    }

    @Test
    void asksForATokenThatCoversTheOrganization(@TempDir Path folder) throws Exception {
        var issuer = new Issuer(folder);
        Instant soon = Instant.now().plusSeconds(60);
        try (var tidings = new TidingsProcess(folder, issuer.production().toArray(String[]::new)).awaitReady()) {
            String good = issuer.token("myImsOrg", READ);
            assertThat(status(tidings, good)).isEqualTo(200);
            assertThat(status(tidings, null)).isEqualTo(401);
            assertThat(status(tidings, good + "x")).isEqualTo(401);
            assertThat(status(tidings, issuer.token("other", READ))).isEqualTo(403);
            assertThat(status(tidings, issuer.token("myImsOrg", READ, "https://else.example.com", soon)))
                    .isEqualTo(401);
            assertThat(status(tidings, issuer.token("myImsOrg", READ, Issuer.NAME, soon.minusSeconds(660))))
                    .isEqualTo(401);
            assertThat(tidings.send("GET", "/dev/inbox", "").statusCode()).isEqualTo(404);
            assertThat(folder.resolve("data"))
                    .as("the configured database is used")
                    .doesNotExist();
            assertThat(tidings.log().lines())
                    .as("a start as it should be warns of nothing, unless the machine is busy")
                    .filteredOn(line -> line.contains(" WARN "))
                    .allMatch(line -> line.contains("BlockedThreadChecker"));
        }
    }

    private static int status(TidingsProcess tidings, @Nullable String token) throws Exception {
        URI uri = tidings.uri("/v1/feedback-webhooks");
        var request = HttpRequest.newBuilder(uri).header("x-gw-ims-org-id", "myImsOrg");
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
