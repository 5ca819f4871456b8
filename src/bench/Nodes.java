import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Deliveries a second of one, two and three nodes on one database, and whether any is sent twice. On one machine nodes share
 * its processors, so what is measured is what they do not share: the receiver takes its time, and a node has so many attempts
 * at it in flight at most. Loopback only; ends by itself.
 */
public final class Nodes {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    private static final int MOST_NODES = 3;
    /** With 64 attempts in flight, a node delivers 320 a second at most. */
    private static final int RECEIVER_MILLIS = 200;

    private static final int CLIENTS = 4;
    private static final int BATCH = 100;

    private final int eventsPerNode = Integer.getInteger("events", 4_000);
    private final int rounds = Integer.getInteger("rounds", 3);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<String> lines = new ArrayList<>();
    private final List<Service> nodes = new ArrayList<>();
    private final Path work;
    private final Sink sink;
    private final Database database;
    private final String[] properties;

    private Nodes() throws Exception {
        work = Files.createTempDirectory(Files.createDirectories(OUT), "nodes");
        Certificate certificate = Certificate.in(work);
        sink = Sink.start(vertx, certificate, Sink.BOTH,
                request -> vertx.setTimer(RECEIVER_MILLIS, late -> request.response().end()));
        database = Database.in(work);
        List<String> all = new ArrayList<>(List.of(database.properties()));
        all.add("-Dtidings.egress.ca-certificates=" + certificate.pem());
        properties = all.toArray(String[]::new);
    }

    public static void main(String[] args) throws Exception {
        var bench = new Nodes();
        try {
            bench.run();
        } finally {
            for (Service node : bench.nodes) {
                node.close();
            }
            bench.database.close();
            bench.vertx.close().toCompletionStage().toCompletableFuture().get();
            Files.writeString(bench.work.resolve("nodes.md"), String.join("\n", bench.lines));
        }
    }

    private void run() throws Exception {
        say("| nodes | delivered/s, median of " + rounds + " | of one node | lost | duplicates |");
        say("| --- | --- | --- | --- | --- |");
        double alone = 0;
        while (nodes.size() < MOST_NODES) {
            nodes.add(Service.start(work, properties));
            if (nodes.size() == 1) {
                nodes.getFirst().webhook("tenant0", sink.url("/slow"));
                nodes.getFirst().campaign("tenant0");
            }
            double median = line(alone);
            alone = nodes.size() == 1 ? median : alone;
        }
    }

    /** The first round of a new node warms it up, and counts for nothing. */
    private double line(double alone) throws Exception {
        List<Double> rates = new ArrayList<>();
        long lost = 0;
        long duplicates = 0;
        for (int round = 0; round <= rounds; round++) {
            sink.forget();
            long begun = System.nanoTime();
            Feeder.Fed fed = feedAll(round);
            long end = Figures.awaitArrival(fed.postedAt, sink, 30);
            Thread.sleep(1_000);
            if (round > 0) {
                rates.add(fed.postedAt.size() / ((end - begun) / 1e9));
            }
            lost += Figures.lost(fed.postedAt, sink.firstSeen);
            duplicates += sink.requests.sum() - sink.firstSeen.size();
        }
        double median = Medians.of(rates);
        say(String.format(Locale.ROOT, "| %d | %.0f | %.2f | %d | %d |", nodes.size(), median,
                alone == 0 ? 1 : median / alone, lost, duplicates));
        return median;
    }

    /** To each node as much, all at once. */
    private Feeder.Fed feedAll(int round) throws Exception {
        var feeder = new Feeder(vertx, List.of("tenant0"));
        var all = new Feeder.Fed();
        try (var threads = Executors.newFixedThreadPool(nodes.size())) {
            List<Future<Feeder.Fed>> feeding = new ArrayList<>();
            for (Service node : nodes) {
                String prefix = nodes.size() + "-" + round + "-" + node.port + "-";
                feeding.add(threads.submit(() -> feeder.closed(node.port, prefix, eventsPerNode, BATCH, CLIENTS)));
            }
            for (Future<Feeder.Fed> one : feeding) {
                all.add(one.get());
            }
        }
        return all;
    }

    private void say(String line) {
        lines.add(line);
        System.out.println(line);
    }
}
