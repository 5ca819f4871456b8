import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Durable deliveries a second, end to end, on one machine: the packaged Tidings, PostgreSQL with fsync on, a TLS sink, and
 * the load in this JVM. In the same run, to the same sink and the same PostgreSQL: the bare HTTP client, the bare batched
 * insert, and what one would write with db-scheduler. Loopback only; ends by itself.
 */
public final class Load {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    /** A service runs for weeks: what its compiler does in the first minutes is not what is measured. */
    private static final int WARM_UP = 120_000;
    /** And many events at once make other paths hot than few do, one after the other. */
    private static final int OPEN_WARM_UP = 2_500;
    private static final int OPEN_SECONDS = 20;
    /** Before an open run: what the run before has left is folded, vacuumed and written out by then. */
    private static final int PAUSE_SECONDS = Integer.getInteger("pause", 15);

    private final int events = Integer.getInteger("events", 60_000);
    private final int endpoints = Integer.getInteger("endpoints", 1_000);
    private final List<HttpVersion> versions =
            "2".equals(System.getProperty("http", "2")) ? Sink.BOTH : List.of(HttpVersion.HTTP_1_1);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<String> lines = new ArrayList<>();
    private final Medians medians = new Medians();
    private final Path work;
    private final Certificate certificate;
    private final Sink sink;

    private Load() throws Exception {
        work = Files.createTempDirectory(Files.createDirectories(OUT), "load");
        certificate = Certificate.in(work);
        sink = Sink.start(vertx, certificate, versions, Sink.Reactions.GOOD);
    }

    public static void main(String[] args) throws Exception {
        var load = new Load();
        try {
            load.run();
        } finally {
            load.vertx.close().toCompletionStage().toCompletableFuture().get();
            Files.writeString(load.work.resolve("load.md"), String.join("\n", load.lines));
        }
    }

    private void run() throws Exception {
        say("| round | run | accepted/s | delivered/s | ack p50/p95/p99 ms | receipt to first attempt p50/p95/p99 ms"
                + " | lost | duplicates | CPU ms per delivery: service, database | service RSS MB | database MB |");
        say("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        try (Database database = Database.in(work)) {
            List<String> properties = new ArrayList<>(List.of(database.properties()));
            properties.add("-Dtidings.egress.ca-certificates=" + certificate.pem());
            try (Service service = Service.start(work, properties.toArray(String[]::new))) {
                List<String> tenants =
                        IntStream.range(0, endpoints).mapToObj(i -> "tenant" + i).toList();
                for (String tenant : tenants) {
                    service.webhook(tenant, sink.url("/good/" + tenant));
                    service.campaign(tenant);
                }
                var one = new Feeder(vertx, tenants.subList(0, 1));
                var many = new Feeder(vertx, tenants);
                Figures.awaitArrival(one.closed(service.port, "warm-", WARM_UP, 100, 16).postedAt, sink, 30);
                Figures.awaitArrival(one.closed(service.port, "warm-one-", WARM_UP / 2, 1, 64).postedAt, sink, 30);
                Figures.awaitArrival(many.closed(service.port, "warm-many-", WARM_UP / 2, 100, 16).postedAt, sink, 30);
                Figures.awaitArrival(
                        one.open(service.port, "warm-open-", OPEN_WARM_UP, OPEN_SECONDS, 1).postedAt, sink, 30);
                for (int round = 1; round <= Integer.getInteger("rounds", 3); round++) {
                    round(round, service, database, one, many);
                }
                say("CPU seconds by kind of thread: " + service.threads());
            }
        }
        medians.lines().forEach(this::say);
    }

    private void round(int round, Service service, Database database, Feeder one, Feeder many) throws Exception {
        double bare = medians.add("bare HTTP client, requests/s", Bare.rate(vertx, certificate, sink, versions, events));
        medians.add("bare batched insert, rows/s", BareInsert.rate(vertx, database, events * 4));
        double rivalBatches = medians.add(
                "db-scheduler, 100 scheduled at once, delivered/s", Rival.rate(database, certificate, sink, events / 6, 100));
        double rivalSingles = medians.add(
                "db-scheduler, one by one, delivered/s", Rival.rate(database, certificate, sink, events / 6, 1));
        double batches = medians.add("batches of 100, delivered/s", new Run(service, database, round, "batches of 100, closed")
                .line(run -> one.closed(service.port, run.prefix, events, 100, 16)));
        double singles = medians.add("single events, delivered/s", new Run(service, database, round, "single events, closed")
                .line(run -> one.closed(service.port, run.prefix, events / 2, 1, 64)));
        medians.add("batches of 100 over " + endpoints + " endpoints, delivered/s",
                new Run(service, database, round, "batches of 100, closed, " + endpoints + " endpoints")
                        .line(run -> many.closed(service.port, run.prefix, events, 100, 16)));
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        new Run(service, database, round, String.format(Locale.ROOT, "single events, open, %.0f/s", singles / 2))
                .line(run -> one.open(service.port, run.prefix, singles / 2, OPEN_SECONDS, 1));
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        new Run(service, database, round, String.format(Locale.ROOT, "batches of 100, open, %.0f/s", batches / 2))
                .line(run -> one.open(service.port, run.prefix, batches / 2, OPEN_SECONDS, 100));
        medians.add("batches, of the bare client", batches / bare);
        medians.add("single events, of the bare client", singles / bare);
        medians.add("batches, of db-scheduler's", batches / rivalBatches);
        medians.add("single events, of db-scheduler's", singles / rivalSingles);
    }

    private void say(String line) {
        lines.add(line);
        System.out.println(line);
    }

    private interface Feeding {
        Feeder.Fed feed(Run run) throws Exception;
    }

    /** One run's begin, and its line of the table. */
    private final class Run {
        private final Service service;
        private final Database database;
        private final String name;
        private final int round;
        /** Of its events' ids. */
        private final String prefix;

        Run(Service service, Database database, int round, String name) {
            this.service = service;
            this.database = database;
            this.round = round;
            this.name = name;
            this.prefix = name.replaceAll("\\W+", "-") + "-" + round + "-";
        }

        /** Answers the deliveries a second, from the first post to the last arrival. */
        double line(Feeding feeding) throws Exception {
            sink.forget();
            double cpu = service.cpuSeconds();
            double databaseCpu = service.databaseCpuSeconds();
            long begun = System.nanoTime();
            Feeder.Fed fed = feeding.feed(this);
            long end = Figures.awaitArrival(fed.postedAt, sink, 30);
            double perSecond = fed.postedAt.size() / ((end - begun) / 1e9);
            Thread.sleep(300);
            int accepted = Math.max(1, fed.postedAt.size());
            long lost = Figures.lost(fed.postedAt, sink.firstSeen);
            say(String.format(
                    Locale.ROOT,
                    "| %d | %s | %.0f | %.0f | %s | %s | %d | %d | %.2f, %.2f | %d | %d |",
                    round,
                    name,
                    fed.accepted.sum() / fed.seconds,
                    perSecond,
                    Figures.percentiles(fed.acks),
                    Figures.percentiles(Figures.delays(fed.postedAt, sink.firstSeen)),
                    lost,
                    sink.requests.sum() - sink.firstSeen.size(),
                    (service.cpuSeconds() - cpu) * 1000 / accepted,
                    (service.databaseCpuSeconds() - databaseCpu) * 1000 / accepted,
                    service.residentMegabytes(),
                    database.megabytes(vertx)));
            return perSecond;
        }
    }
}
