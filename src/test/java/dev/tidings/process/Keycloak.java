package dev.tidings.process;

import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Keycloak of its own, in memory, with the realms of {@code src/test/keycloak}. Unpacked by the profile keycloak. */
final class Keycloak implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target/keycloak").toAbsolutePath();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ADMIN = "for-tests-only";

    private final Process process;
    private final Path log;
    private final int port = TidingsProcess.freePort();

    Keycloak(Path folder) throws IOException {
        Path home = home();
        Path realms = Files.createDirectories(home.resolve("data/import"));
        for (String realm : new String[] {"tidings.json", "elsewhere.json"}) {
            Files.write(realms.resolve(realm), Files.readAllBytes(Path.of("src/test/keycloak", realm)));
        }
        log = Files.createTempFile(folder, "keycloak", ".log");
        var builder = new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx512m",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        ADMIN,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        ADMIN));
        process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Whether the profile has unpacked it. */
    static boolean isThere() {
        return Files.isDirectory(UNPACKED);
    }

    private static Path home() throws IOException {
        try (Stream<Path> folders = Files.list(UNPACKED)) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    Keycloak awaitReady() {
        await().atMost(Duration.ofMinutes(3)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended:\n" + Files.readString(log));
            }
            return isReady();
        });
        return this;
    }

    private boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(URI.create(keys())).build()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Where the realm's public keys are. */
    String keys() {
        return issuer("tidings") + "/protocol/openid-connect/certs";
    }

    String issuer(String realm) {
        return "http://127.0.0.1:" + port + "/realms/" + realm;
    }

    /** A token for that client of that realm. */
    String token(String realm, String client) {
        return token(realm, Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", ADMIN));
    }

    /** From now on tokens of the realm are signed with a new key; the old one still verifies. */
    void rotateKeys() {
        String admin = token(
                "master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN));
        String realms = "http://127.0.0.1:" + port + "/admin/realms/tidings";
        String id =
                JsonPath.from(send(authorized(realms, admin).build()).body()).getString("id");
        var made = send(authorized(realms + "/components", admin)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"name\":\"rotated\",\"providerId\":\"rsa-generated\",\"parentId\":\"" + id
                                + "\",\"providerType\":\"org.keycloak.keys.KeyProvider\","
                                + "\"config\":{\"priority\":[\"1000\"],\"keySize\":[\"2048\"]}}"))
                .build());
        if (made.statusCode() != 201) {
            throw new IllegalStateException(made.statusCode() + " " + made.body());
        }
    }

    private static HttpRequest.Builder authorized(String uri, String token) {
        return HttpRequest.newBuilder(URI.create(uri)).header("authorization", "Bearer " + token);
    }

    private String token(String realm, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = send(HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/token"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JsonPath.from(answer.body()).getString("access_token");
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Ends it at once, with what its script has started. */
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
