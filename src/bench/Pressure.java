import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pressure that is no fault: a transaction left idle, twice what can be delivered, heavy readers of the delivery log, bursts.
 * Each cell posts at the usual rate before, during and after: nothing may be lost, and the delay must come back to normal.
 * Loopback only; ends by itself.
 */
public final class Pressure {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    private static final int AROUND_SECONDS = 10;
    /** A delay that is normal after the pressure, in milliseconds. */
    private static final double NORMAL = 250;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final double rate = Double.parseDouble(System.getProperty("rate", "400"));
    private final int seconds = Integer.getInteger("seconds", 20);
    private final int idleSeconds = Integer.getInteger("idle", 120);
    private final List<String> lines = new ArrayList<>(List.of(
            "| pressure | accepted | answered 429 | lost | duplicates | p50/p99 ms before | during | after"
                    + " | seconds until normal | RSS MB |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"));
    private final Path work;
    private final Sink sink;
    private final Feeder feeder = new Feeder(vertx, List.of("tenant0"));

    private Pressure() throws Exception {
        work = Files.createTempDirectory(Files.createDirectories(OUT), "pressure");
        Certificate certificate = Certificate.in(work);
        sink = Sink.start(vertx, certificate, Sink.BOTH, Sink.Reactions.GOOD);
        try (Database database = Database.in(work)) {
            List<String> properties = new ArrayList<>(List.of(database.properties()));
            properties.add("-Dtidings.egress.ca-certificates=" + certificate.pem());
            try (Service service = Service.start(work, properties.toArray(String[]::new))) {
                service.webhook("tenant0", sink.url("/good"));
                service.campaign("tenant0");
                Figures.awaitArrival(feeder.closed(service.port, "warm-", 60_000, 100, 8).postedAt, sink, 30);
                Figures.awaitArrival(feeder.closed(service.port, "warm-one-", 20_000, 1, 32).postedAt, sink, 30);
                run(service, database);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        var pressure = new Pressure();
        pressure.vertx.close().toCompletionStage().toCompletableFuture().get();
        String table = String.join("\n", pressure.lines);
        System.out.println(table);
        Files.writeString(pressure.work.resolve("pressure.md"), table);
    }

    private interface Squeeze {
        /** Posts meanwhile, and answers what was posted. */
        Feeder.Fed during(String prefix) throws Exception;
    }

    private void run(Service service, Database database) throws Exception {
        cell("none", service, prefix -> feeder.open(service.port, prefix, rate, seconds, 1));
        cell("a transaction idle for " + idleSeconds + " s, that has read every table", service, prefix -> {
            Pool pool = database.pool(vertx, 1);
            Database.query(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ");
            Database.query(pool, "SELECT count(*) FROM queue");
            Database.query(pool, "SELECT count(*) FROM event");
            Database.query(pool, "SELECT count(*) FROM attempt");
            Feeder.Fed fed = feeder.open(service.port, prefix, rate, idleSeconds, 1);
            Database.query(pool, "COMMIT");
            pool.close();
            return fed;
        });
        double most = most(service);
        cell(String.format(Locale.ROOT, "twice what can be delivered: %.0f/s", 2 * most), service,
                prefix -> feeder.open(service.port, prefix, 2 * most, seconds, 100));
        cell("eight heavy readers of the delivery log", service, prefix -> readers(service, prefix));
        cell("a burst of ten times the rate in every fifth second", service, prefix -> bursts(service, prefix));
    }

    /** Deliveries a second as fast as it goes. */
    private double most(Service service) throws Exception {
        sink.forget();
        long begun = System.nanoTime();
        Feeder.Fed fed = feeder.closed(service.port, "most-", 40_000, 100, 8);
        return fed.postedAt.size() / ((Figures.awaitArrival(fed.postedAt, sink, 30) - begun) / 1e9);
    }

    private Feeder.Fed readers(Service service, String prefix) throws Exception {
        var reading = new AtomicBoolean(true);
        ExecutorService readers = Executors.newFixedThreadPool(8);
        for (String query : List.of("", "&state=delivered", "&state=pending", "&state=failed", "&channel=sms",
                "&feedbackStatus=bounce", "&campaignID=none", "&requestId=none")) {
            readers.execute(() -> {
                while (reading.get()) {
                    try {
                        service.read("/v1/deliveries?limit=200" + query, "tenant0");
                        service.read("/v1/statistics", "tenant0");
                    } catch (Exception e) {
                        System.out.println("A reader: " + e.getMessage());
                    }
                }
            });
        }
        Feeder.Fed fed = feeder.open(service.port, prefix, rate, seconds, 1);
        reading.set(false);
        readers.close();
        return fed;
    }

    /** Four seconds of half the rate, one of ten times. */
    private Feeder.Fed bursts(Service service, String prefix) throws Exception {
        var all = new Feeder.Fed();
        for (int i = 0; i < seconds / 5; i++) {
            all.add(feeder.open(service.port, prefix + i + "-calm-", rate / 2, 4, 1));
            all.add(feeder.open(service.port, prefix + i + "-burst-", rate * 10, 1, 10));
        }
        return all;
    }

    private void cell(String name, Service service, Squeeze squeeze) throws Exception {
        String prefix = "pressure-" + lines.size() + "-";
        sink.forget();
        Feeder.Fed before = feeder.open(service.port, prefix + "before-", rate, AROUND_SECONDS, 1);
        Feeder.Fed during = squeeze.during(prefix + "during-");
        long end = System.nanoTime();
        Feeder.Fed after = feeder.open(service.port, prefix + "after-", rate, AROUND_SECONDS, 1);
        var all = new Feeder.Fed();
        List.of(before, during, after).forEach(all::add);
        Figures.awaitArrival(all.postedAt, sink, 60);
        Thread.sleep(1_000);
        long lost = Figures.lost(all.postedAt, sink.firstSeen);
        lines.add(String.format(Locale.ROOT, "| %s | %d | %d | %d | %d | %s | %s | %s | %.1f | %d |", name,
                all.postedAt.size(), all.refused.sum(), lost, sink.requests.sum() - sink.firstSeen.size(),
                delay(before), delay(during), delay(after),
                Figures.secondsUntilNormal(all.postedAt, sink.firstSeen, end, NORMAL), service.residentMegabytes()));
        System.out.println(lines.getLast());
    }

    private String delay(Feeder.Fed fed) {
        var delays = Figures.delays(fed.postedAt, sink.firstSeen);
        return String.format(Locale.ROOT, "%.1f / %.1f", Figures.millis(delays, 50), Figures.millis(delays, 99));
    }
}
