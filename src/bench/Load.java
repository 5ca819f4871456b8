import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Posts events to the packaged Tidings (dev profile, embedded PostgreSQL with fsync) from 16 clients, delivers them to a
 * TLS sink in this JVM, and prints a table; beside it, in the same run, a bare HTTP client's rate to the same sink.
 * Loopback only; ends by itself.
 */
public final class Load {
    private static final int CLIENTS = 16;
    private static final int BARE_CLIENTS = 64;
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();

    private static final Map<String, Long> receivedAt = new ConcurrentHashMap<>();
    private static final LongAdder received = new LongAdder();

    public static void main(String[] args) throws Exception {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int batch = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        Path work = Files.createTempDirectory(OUT, "run");
        SSLContext tls = certificate(work);
        HttpsServer sink = sink(tls);
        String sinkUrl = "https://localhost:" + sink.getAddress().getPort() + "/";
        double bare = bareRate(tls, sinkUrl, events);
        receivedAt.clear();
        received.reset();

        int port = freePort();
        int management = freePort();
        Process tidings = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m",
                        "-Dquarkus.profile=dev", "-Dquarkus.http.port=" + port, "-Dquarkus.management.port=" + management,
                        "-Dtidings.egress.ca-certificates=" + work.resolve("sink.pem"),
                        "-Dquarkus.log.category.\"dev.tidings.attempt\".level=WARN",
                        "-jar", Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("tidings.log").toFile())
                .start();
        try {
            HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            awaitReady(client, "http://localhost:" + management + "/q/health/ready", tidings);
            String api = "http://localhost:" + port;
            call(client, "POST", api + "/v1/feedback-webhooks",
                    "{\"name\":\"n\",\"channels\":[\"email\"],\"url\":\"" + sinkUrl + "\"}");
            call(client, "PUT", api + "/v1/campaigns/16f24a15-7e21-477c-848a-d5695ca7f137",
                    "{\"name\":\"n\",\"category\":\"Transactional\",\"campaignType\":\"ApiTriggered\",\"enableWebhooks\":true}");
            run(client, api, "warm", Math.min(events, 5_000), batch, bare, tidings, false);
            run(client, api, "run", events, batch, bare, tidings, true);
        } finally {
            tidings.destroy();
            tidings.waitFor();
            sink.stop(0);
        }
    }

    private static void run(
            HttpClient client, String api, String name, int events, int batch, double bare, Process tidings, boolean print)
            throws Exception {
        String sample = Files.readString(Path.of("src/docs/samples/email-bounce.json")).strip().substring(1);
        Map<String, Long> postedAt = new ConcurrentHashMap<>();
        List<Long> acks = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        LongAdder accepted = new LongAdder();
        long before = received.sum();
        long begun = System.nanoTime();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int c = 0; c < CLIENTS; c++) {
                clients.submit(() -> {
                    for (int from = next.getAndAdd(batch); from < events; from = next.getAndAdd(batch)) {
                        int to = Math.min(events, from + batch);
                        String body = IntStream.range(from, to)
                                .mapToObj(i -> "{\"eventId\":\"" + name + i + "\"," + sample)
                                .collect(Collectors.joining(",", "[", "]"));
                        long asked = System.nanoTime();
                        for (int i = from; i < to; i++) {
                            postedAt.put(name + i, asked);
                        }
                        String answer = call(client, "POST", api + "/v1/feedback-events", body);
                        acks.add(System.nanoTime() - asked);
                        accepted.add(answer.split("\"status\":\"accepted\"", -1).length - 1);
                    }
                    return null;
                });
            }
        }
        double acceptedSeconds = (System.nanoTime() - begun) / 1e9;
        long patience = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < patience && !receivedAt.keySet().containsAll(postedAt.keySet())) {
            Thread.sleep(20);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long lost = postedAt.keySet().stream().filter(id -> !receivedAt.containsKey(id)).count();
        long duplicates = received.sum() - before - (postedAt.size() - lost);
        List<Long> delays = postedAt.entrySet().stream()
                .filter(e -> receivedAt.containsKey(e.getKey()))
                .map(e -> receivedAt.get(e.getKey()) - e.getValue())
                .toList();
        if (print) {
            double rate = (postedAt.size() - lost) / seconds;
            String table = """
                    | figure | value |
                    | --- | --- |
                    | events, batch size, clients | %d, %d, %d |
                    | bare HTTP client to the same sink | %.0f /s |
                    | accepted | %.0f /s |
                    | delivered, end to end | %.0f /s (%.2f of the bare client) |
                    | ack p50 / p99 | %.1f / %.1f ms |
                    | receipt to first attempt p50 / p99 | %.1f / %.1f ms |
                    | lost, duplicates | %d, %d |
                    | resident memory of the service | %d MB |
                    """.formatted(events, batch, CLIENTS, bare, accepted.sum() / acceptedSeconds, rate, rate / bare,
                    millis(acks, 50), millis(acks, 99), millis(delays, 50), millis(delays, 99), lost, duplicates,
                    residentMegabytes(tidings.pid()));
            System.out.print(table);
            Files.writeString(OUT.resolve("load-" + events + "-" + batch + ".md"), table);
        }
    }

    private static double millis(List<Long> nanos, int percentile) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)] / 1e6;
    }

    private static long residentMegabytes(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    private static double bareRate(SSLContext tls, String url, int requests) throws Exception {
        HttpClient bare = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
        byte[] body = Files.readAllBytes(Path.of("src/docs/samples/email-bounce.json"));
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("webhook-id", "bare").POST(BodyPublishers.ofByteArray(body)).build();
        double rate = 0;
        for (int round = 0; round < 2; round++) { // The first one warms up.
            AtomicInteger left = new AtomicInteger(requests);
            CountDownLatch done = new CountDownLatch(BARE_CLIENTS);
            long begun = System.nanoTime();
            for (int c = 0; c < BARE_CLIENTS; c++) {
                Thread.ofVirtual().start(() -> {
                    try {
                        while (left.getAndDecrement() > 0) {
                            bare.send(request, BodyHandlers.discarding());
                        }
                    } catch (Exception e) {
                        e.printStackTrace();
                    } finally {
                        done.countDown();
                    }
                });
            }
            done.await();
            rate = requests / ((System.nanoTime() - begun) / 1e9);
        }
        return rate;
    }

    private static HttpsServer sink(SSLContext tls) throws Exception {
        HttpsServer sink = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        sink.setHttpsConfigurator(new HttpsConfigurator(tls));
        sink.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        sink.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                receivedAt.putIfAbsent(exchange.getRequestHeaders().getFirst("webhook-id"), System.nanoTime());
                received.increment();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        sink.start();
        return sink;
    }

    private static SSLContext certificate(Path work) throws Exception {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String store = work.resolve("sink.p12").toString();
        List<String> common = List.of("-storepass", "changeit", "-keystore", store, "-alias", "sink");
        exec(keytool, common, "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext",
                "san=dns:localhost", "-storetype", "PKCS12");
        exec(keytool, common, "-exportcert", "-rfc", "-file", work.resolve("sink.pem").toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(store))) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("sink", keys.getCertificate("sink"));
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, "changeit".toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void exec(String program, List<String> common, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(more));
        command.addAll(common);
        if (new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + command);
        }
    }

    private static void awaitReady(HttpClient client, String url, Process tidings) throws Exception {
        for (int i = 0; i < 300 && tidings.isAlive(); i++) {
            try {
                if (client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (java.io.IOException e) {
                // Not listening yet.
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("Tidings did not become ready: see target/bench/run*/tidings.log");
    }

    private static String call(HttpClient client, String method, String url, String body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofString(body))
                                .header("content-type", "application/json").header("x-gw-ims-org-id", "myImsOrg")
                                .header("x-sandbox-name", "prod").build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
