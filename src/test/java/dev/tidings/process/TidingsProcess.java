package dev.tidings.process;

import static org.awaitility.Awaitility.await;

import dev.tidings.testing.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged application, running in a folder of its own on free ports: the native executable when the build made one
 * ({@code -Dnative}), else the jar. Ends with its test at the latest.
 */
final class TidingsProcess implements AutoCloseable {
    private static final String EXECUTABLE = System.getProperty("tidings.executable", "");
    private static final Path PROGRAM = Path.of(
                    EXECUTABLE.isEmpty() ? "target/quarkus-app/quarkus-run.jar" : EXECUTABLE)
            .toAbsolutePath();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Of a folder, so that a second process there finds the data of the first. */
    private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();

    private final Process process;
    private final Path log;
    private final int port = freePort();
    private final int managementPort = freePort();

    /** Starts it; {@code properties} are {@code -D} arguments without the {@code -D}. */
    TidingsProcess(Path folder, String... properties) {
        this(folder, List.of(), properties);
    }

    private TidingsProcess(Path folder, List<String> words, String... properties) {
        this(
                PROGRAM,
                folder,
                Map.of(),
                Stream.concat(options(folder, properties), words.stream()).toList());
    }

    /** @param arguments options, which begin with a hyphen, and then words */
    private TidingsProcess(Path program, Path folder, Map<String, String> environment, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(0, List.of("-Dquarkus.http.port=" + port, "-Dquarkus.management.port=" + managementPort));
        try {
            log = Files.createTempFile(folder, "tidings", ".log");
            var builder = new ProcessBuilder(command(program, all))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it for that command, such as {@code drain}. */
    static TidingsProcess running(String word, Path folder, String... properties) {
        return new TidingsProcess(folder, List.of(word), properties);
    }

    /** Starts another version's jar. */
    static TidingsProcess ofJar(Path jar, Path folder, String... properties) {
        return new TidingsProcess(
                jar, folder, Map.of(), options(folder, properties).toList());
    }

    /** Starts it as a container would be, with nothing but that environment and those arguments, and ports of its own. */
    static TidingsProcess inEnvironment(Path folder, Map<String, String> environment, List<String> arguments) {
        return new TidingsProcess(PROGRAM, folder, environment, arguments);
    }

    private static Stream<String> options(Path folder, String... properties) {
        List<String> settings = new ArrayList<>(List.of(properties));
        boolean chosen = settings.stream().anyMatch(setting -> setting.startsWith("quarkus.datasource.reactive.url="));
        if (!EXECUTABLE.isEmpty() && !chosen && settings.contains("quarkus.profile=dev")) {
            settings.addAll(database(folder));
        }
        return settings.stream().map(setting -> "-D" + setting);
    }

    /** The executable takes options of the JVM too; a jar stands between them and the words. */
    private static List<String> command(Path program, List<String> arguments) {
        if (!program.toString().endsWith(".jar")) {
            return Stream.concat(Stream.of(program.toString()), arguments.stream())
                    .toList();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.stream().filter(argument -> argument.startsWith("-")).forEach(command::add);
        command.addAll(List.of("-jar", program.toString()));
        arguments.stream().filter(argument -> !argument.startsWith("-")).forEach(command::add);
        return command;
    }

    /** The settings for a database that belongs to that folder, as the embedded one would. */
    static List<String> database(Path folder) {
        return List.of(
                "quarkus.datasource.reactive.url=" + DATABASES.computeIfAbsent(folder, f -> Postgres.newDatabase()),
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres");
    }

    TidingsProcess awaitReady() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended:\n" + log());
            }
            return statusOfManagement("/q/health/ready") == 200;
        });
        return this;
    }

    private static int status(String url) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the management interface answers there; 0: nothing. */
    int statusOfManagement(String path) {
        return status(management(path).toString());
    }

    /** Sends JSON as the tenant {@code myImsOrg}, {@code prod}. */
    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .header("x-gw-ims-org-id", "myImsOrg")
                .header("x-sandbox-name", "prod")
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    /** What Prometheus would scrape. */
    String metrics() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(management("/q/metrics"))
                .header("accept", "text/plain")
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }

    /** An address of the management interface. */
    URI management(String path) {
        return URI.create("http://localhost:" + managementPort + path);
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Linux says of its memory: {@code RssFile} for pages of files, {@code RssAnon} for the rest. */
    long kilobytes(String name) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .sum();
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** As {@code kill}, SIGTERM; answers the exit status. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it did not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
