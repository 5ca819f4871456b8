import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The native executable beside the JVM, on one PostgreSQL and to one sink: how soon they answer, what they occupy, how much
 * they deliver. {@code -Dexecutable} names it; {@code ./mvnw package -Dnative} makes it. Loopback only; ends by itself.
 */
public final class Native {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    private static final int STARTS = 7;
    /** Idle is who has done its chores a few times. */
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** The JVM's compiler needs that many, and a service runs for weeks; database and sink begin warm for both. */
    private static final int WARM_UP = 200_000;
    /** The migrations have run, as the job of the manifests has it. */
    private static final String MIGRATED = "-Dquarkus.flyway.migrate-at-start=false";

    private static final byte[] REQUEST =
            "GET /v1/campaigns HTTP/1.1\r\nhost: localhost\r\nx-gw-ims-org-id: tenant0\r\nx-sandbox-name: prod\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final int events = Integer.getInteger("events", 40_000);
    private final int rounds = Integer.getInteger("rounds", 3);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<String> lines = new ArrayList<>();
    private final Path work;
    private final Sink sink;
    private final String[] properties;
    private final Database database;

    private Native() throws Exception {
        work = Files.createTempDirectory(Files.createDirectories(OUT), "native");
        Certificate certificate = Certificate.in(work);
        sink = Sink.start(vertx, certificate, Sink.BOTH, Sink.Reactions.GOOD);
        database = Database.in(work);
        List<String> all = new ArrayList<>(List.of(database.properties()));
        all.add("-Dtidings.egress.ca-certificates=" + certificate.pem());
        all.add(MIGRATED);
        properties = all.toArray(String[]::new);
    }

    public static void main(String[] args) throws Exception {
        var bench = new Native();
        try {
            bench.run(executable());
        } finally {
            bench.database.close();
            bench.vertx.close().toCompletionStage().toCompletableFuture().get();
            Files.writeString(bench.work.resolve("native.md"), String.join("\n", bench.lines));
        }
    }

    private static Path executable() throws IOException {
        String named = System.getProperty("executable", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        try (var made = Files.newDirectoryStream(Path.of("target"), "tidings-*-runner")) {
            for (Path one : made) {
                return one;
            }
        }
        throw new IllegalStateException("No native executable in target: ./mvnw package -Dnative, or -Dexecutable=FILE");
    }

    private void run(Path executable) throws Exception {
        say("| | exec to first answer, ms: median, least, most | idle RSS MB | batches of 100, delivered/s | single events,"
                + " delivered/s | CPU ms per delivery: batches, single | RSS MB under load, at most | lost, duplicates |");
        say("| --- | --- | --- | --- | --- | --- | --- | --- |");
        try (Service first = Service.start(work, properties)) {
            first.webhook("tenant0", sink.url("/good"));
            first.campaign("tenant0");
        }
        line("native", Service.executable(executable));
        line("JVM", Service.jar());
    }

    private void line(String name, Service.Program program) throws Exception {
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            starts.add(startMillis(program));
        }
        starts.sort(null);
        try (Service service = Service.begin(program, Service.freePort(), work, properties).awaitReady()) {
            Thread.sleep(IDLE);
            long idle = service.residentMegabytes();
            var feeder = new Feeder(vertx, List.of("tenant0"));
            Figures.awaitArrival(feeder.closed(service.port, name + "-warm-", WARM_UP, 100, 16).postedAt, sink, 30);
            var batches = new Load(service, feeder, name + "-batches", 100, 16);
            var singles = new Load(service, feeder, name + "-single", 1, 64);
            for (int round = 0; round < rounds; round++) {
                batches.round(round, events);
                singles.round(round, events / 2);
            }
            say(String.format(Locale.ROOT, "| %s | %.0f, %.0f, %.0f | %d | %.0f | %.0f | %.2f, %.2f | %d | %d, %d |", name,
                    Medians.of(starts), starts.getFirst(), starts.getLast(), idle, Medians.of(batches.rates),
                    Medians.of(singles.rates), Medians.of(batches.cpu), Medians.of(singles.cpu),
                    Math.max(batches.resident, singles.resident), batches.lost + singles.lost,
                    batches.duplicates + singles.duplicates));
        }
    }

    /** From exec to the first byte of the first answer, which is asked for again and again until it comes. */
    private double startMillis(Service.Program program) throws Exception {
        int port = Service.freePort();
        long begun = System.nanoTime();
        try (Service service = Service.begin(program, port, work, properties)) {
            while (!isAnswered(port)) {
                if (!service.process.isAlive()) {
                    throw new IllegalStateException("It ended: see " + work.resolve("tidings.log"));
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return (System.nanoTime() - begun) / 1e6;
        }
    }

    private static boolean isAnswered(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(REQUEST);
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false; // Not listening yet.
        }
    }

    private void say(String line) {
        lines.add(line);
        System.out.println(line);
    }

    /** Rounds of one kind of load. */
    private final class Load {
        private final Service service;
        private final Feeder feeder;
        private final String name;
        private final int batch;
        private final int clients;
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();
        private long resident;
        private long lost;
        private long duplicates;

        Load(Service service, Feeder feeder, String name, int batch, int clients) {
            this.service = service;
            this.feeder = feeder;
            this.name = name;
            this.batch = batch;
            this.clients = clients;
        }

        void round(int round, int count) throws Exception {
            sink.forget();
            service.forgetPeak();
            double before = service.cpuSeconds();
            long begun = System.nanoTime();
            Feeder.Fed fed = feeder.closed(service.port, name + round + "-", count, batch, clients);
            long end = Figures.awaitArrival(fed.postedAt, sink, 30);
            rates.add(fed.postedAt.size() / ((end - begun) / 1e9));
            Thread.sleep(500);
            cpu.add((service.cpuSeconds() - before) * 1000 / Math.max(1, fed.postedAt.size()));
            resident = Math.max(resident, service.peakMegabytes());
            lost += Figures.lost(fed.postedAt, sink.firstSeen);
            duplicates += sink.requests.sum() - sink.firstSeen.size();
        }
    }
}
