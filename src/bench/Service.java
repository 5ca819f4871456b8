import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The packaged Tidings as a process of its own, in the dev profile (no token, loopback may be called). */
final class Service implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** Kernel ticks a second, of the figures in /proc. */
    private static final double TICKS = 100;

    final Process process;
    final Path folder;
    final int port;
    private final int management;

    private Service(Process process, Path folder, int port, int management) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.management = management;
    }

    /** Starts it with its data in that folder, and waits until it is ready. */
    static Service start(Path folder, String... properties) throws Exception {
        return startOn(freePort(), folder, properties);
    }

    /** The same, on the port of one that is gone. */
    static Service startOn(int port, Path folder, String... properties) throws Exception {
        return begin(jar(), port, folder, properties).awaitReady();
    }

    /** What is run: before the properties, and after them. */
    record Program(List<String> begin, List<String> end) {}

    /** The JVM in a small pod's heap, with the collector that deploy/kubernetes/examples/jvm gives it. */
    static Program jar() {
        List<String> begin = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("bench.heap", "224m")));
        String more = System.getProperty("bench.jvm", "-XX:+UseSerialGC -XX:NewRatio=1 -XX:SurvivorRatio=3");
        if (!more.isBlank()) {
            begin.addAll(Arrays.asList(more.split(" ")));
        }
        return new Program(
                begin, List.of("-jar", Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()));
    }

    /** The native executable, in the heap that the manifests give. */
    static Program executable(Path file) {
        return new Program(List.of(file.toAbsolutePath().toString(), "-Xmx192m"), List.of());
    }

    /** Starts that, and waits for nothing. */
    static Service begin(Program program, int port, Path folder, String... properties) throws Exception {
        int management = freePort();
        List<String> command = new ArrayList<>(program.begin);
        command.addAll(List.of(
                "-Dquarkus.profile=dev",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + management,
                "-Dquarkus.log.category.\"dev.tidings.attempt\".level=WARN"));
        command.addAll(Arrays.asList(properties));
        command.addAll(program.end);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("tidings.log").toFile()))
                .start();
        return new Service(process, folder, port, management);
    }

    Service awaitReady() throws Exception {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            try {
                if (get("http://127.0.0.1:" + management + "/q/health/ready").statusCode() == 200) {
                    return this;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("Tidings did not become ready: see " + folder.resolve("tidings.log"));
    }

    /** The tenant's webhook, to that URL, for both channels. */
    void webhook(String tenant, String url) throws Exception {
        send("POST", "/v1/feedback-webhooks", tenant,
                "{\"name\":\"bench\",\"channels\":[\"email\",\"sms\"],\"url\":\"" + url + "\"}");
    }

    void campaign(String tenant) throws Exception {
        send("PUT", "/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137", tenant,
                "{\"name\":\"bench\",\"category\":\"Transactional\",\"campaignType\":\"ApiTriggered\",\"enableWebhooks\":true}");
    }

    String send(String method, String path, String tenant, String body) throws Exception {
        var answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("content-type", "application/json")
                        .header("x-gw-ims-org-id", tenant)
                        .header("x-sandbox-name", "prod")
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** What a GET of that path answers, to the tenant. */
    String read(String path, String tenant) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("x-gw-ims-org-id", tenant)
                .header("x-sandbox-name", "prod")
                .build();
        var answer = CLIENT.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    String metrics() throws Exception {
        return get("http://127.0.0.1:" + management + "/q/metrics").body();
    }

    private static java.net.http.HttpResponse<String> get(String url) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    long residentMegabytes() throws IOException {
        return megabytes("VmRSS:");
    }

    /** The most that was resident since {@link #forgetPeak}. */
    long peakMegabytes() throws IOException {
        return megabytes("VmHWM:");
    }

    void forgetPeak() throws IOException {
        Files.writeString(Path.of("/proc/" + process.pid() + "/clear_refs"), "5");
    }

    private long megabytes(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    double cpuSeconds() throws IOException {
        return ticks(process.pid(), 13, 14) / TICKS;
    }

    /** Of the embedded PostgreSQL, with all its backends, also those that ended. */
    double databaseCpuSeconds() throws IOException {
        long postmaster = postmaster();
        long sum = ticks(postmaster, 13, 14, 15, 16);
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path one : processes) {
                long pid = Long.parseLong(one.getFileName().toString());
                sum += parent(pid) == postmaster ? ticks(pid, 13, 14) : 0;
            }
        }
        return sum / TICKS;
    }

    long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/cluster/postmaster.pid")).getFirst());
    }

    private static long parent(long pid) {
        return ticks(pid, 3);
    }

    /** Sums fields of /proc/pid/stat, counted from 0 as in proc(5) less one; 0 for a process that is gone. */
    private static long ticks(long pid, int... fields) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Arrays.stream(fields).mapToLong(field -> Long.parseLong(words[field - 2])).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** CPU seconds by kind of thread, the busiest first. */
    String threads() throws IOException {
        Map<String, Long> ticks = new TreeMap<>();
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path task : tasks) {
                String stat = Files.readString(task.resolve("stat"));
                String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                String kind = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll("[-#0-9]+$", "");
                ticks.merge(kind, Long.parseLong(words[11]) + Long.parseLong(words[12]), Long::sum);
            }
        }
        return ticks.entrySet().stream()
                .filter(kind -> kind.getValue() > TICKS / 10)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(kind -> kind.getKey() + " " + kind.getValue() / TICKS)
                .collect(Collectors.joining(", "));
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
