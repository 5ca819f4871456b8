import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Durable deliveries a second, end to end, on one machine: the packaged Tidings with its embedded PostgreSQL (fsync on), a
 * TLS sink and the load in this JVM, and the bare HTTP client's rate to the same sink in the same run. Loopback only; ends
 * by itself.
 */
public final class Load {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    private static final int WARM_UP = 20_000;

    public static void main(String[] args) throws Exception {
        int events = Integer.getInteger("events", 60_000);
        int endpoints = Integer.getInteger("endpoints", 1);
        List<HttpVersion> versions = "2".equals(System.getProperty("http", "2"))
                ? Sink.BOTH
                : List.of(HttpVersion.HTTP_1_1);
        Path work = Files.createTempDirectory(Files.createDirectories(OUT), "load");
        Certificate certificate = Certificate.in(work);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        Sink sink = Sink.start(vertx, certificate, versions, Sink.Reactions.GOOD);
        double bare = Bare.rate(vertx, certificate, sink, versions, events);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "bare client to the same sink (HTTP/%s, TLS): %.0f /s",
                System.getProperty("http", "2"), bare));
        List<String> tenants =
                IntStream.range(0, endpoints).mapToObj(i -> "tenant" + i).toList();
        try (Service service = Service.start(work, "-Dtidings.egress.ca-certificates=" + certificate.pem())) {
            for (String tenant : tenants) {
                service.webhook(tenant, sink.url("/good/" + tenant));
                service.campaign(tenant);
            }
            var feeder = new Feeder(vertx, tenants);
            closed(service, sink, feeder, "warm", WARM_UP, 100, 16, bare);
            lines.add("| run | accepted/s | delivered/s | of bare | ack p50/p95/p99 ms | receipt to first attempt p50/p95/p99 ms"
                    + " | lost | duplicates | CPU ms per delivery: service, database | RSS MB |");
            lines.add("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            lines.add(closed(service, sink, feeder, "batches of 100, closed", events, 100, 16, bare));
            lines.add(closed(service, sink, feeder, "single events, closed", events / 2, 1, 64, bare));
            lines.add("CPU seconds by kind of thread: " + service.threads());
            double half = Double.parseDouble(System.getProperty("rate", "0"));
            if (half > 0) {
                lines.add(open(service, sink, feeder, "batches of 100, open", half, 100, bare));
                lines.add(open(service, sink, feeder, "single events, open", half, 1, bare));
            }
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
        String table = String.join("\n", lines);
        System.out.println(table);
        Files.writeString(work.resolve("load.md"), table);
    }

    private static String closed(
            Service service, Sink sink, Feeder feeder, String name, int events, int batch, int clients, double bare)
            throws Exception {
        var run = new Run(service, sink, name, bare);
        return run.line(feeder.closed(service.port, run.prefix, events, batch, clients));
    }

    private static String open(
            Service service, Sink sink, Feeder feeder, String name, double perSecond, int batch, double bare)
            throws Exception {
        var run = new Run(service, sink, String.format(Locale.ROOT, "%s, %.0f/s", name, perSecond), bare);
        return run.line(feeder.open(service.port, run.prefix, perSecond, 20, batch));
    }

    /** One run's begin, and its line of the table. */
    private static final class Run {
        private final Service service;
        private final Sink sink;
        private final String name;
        /** Of its events' ids. */
        final String prefix;
        private final double bare;
        private final double cpu;
        private final double databaseCpu;
        private final long begun = System.nanoTime();

        Run(Service service, Sink sink, String name, double bare) throws Exception {
            this.service = service;
            this.sink = sink;
            this.name = name;
            this.prefix = name.replaceAll("\\W+", "-") + "-";
            this.bare = bare;
            sink.forget();
            cpu = service.cpuSeconds();
            databaseCpu = service.databaseCpuSeconds();
        }

        String line(Feeder.Fed fed) throws Exception {
            long end = Figures.awaitArrival(fed.postedAt, sink, 30);
            double perSecond = fed.postedAt.size() / ((end - begun) / 1e9);
            Thread.sleep(300);
            int events = Math.max(1, fed.postedAt.size());
            long lost = Figures.lost(fed.postedAt, sink.firstSeen);
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f | %s | %s | %d | %d | %.2f, %.2f | %d |",
                    name,
                    fed.accepted.sum() / fed.seconds,
                    perSecond,
                    perSecond / bare,
                    Figures.percentiles(fed.acks),
                    Figures.percentiles(Figures.delays(fed.postedAt, sink.firstSeen)),
                    lost,
                    sink.requests.sum() - (events - lost),
                    (service.cpuSeconds() - cpu) * 1000 / events,
                    (service.databaseCpuSeconds() - databaseCpu) * 1000 / events,
                    service.residentMegabytes());
        }
    }
}
