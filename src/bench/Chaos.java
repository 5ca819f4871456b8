import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Faults under load: what was accepted must arrive. Each cell begins with two nodes' worth of configuration on one
 * PostgreSQL, posts at an even rate for twenty seconds, and breaks something meanwhile. Ends only processes that it
 * started; loopback only.
 */
public final class Chaos {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    private static final int SECONDS = 20;
    private static final int BATCH = 10;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final double rate = Double.parseDouble(System.getProperty("rate", "500"));
    private final List<String> lines = new ArrayList<>(List.of(
            "| fault | accepted | delivered | lost | duplicates | refused or failed posts | longest silence s |",
            "| --- | --- | --- | --- | --- | --- | --- |"));
    private final Path work;
    private final Sink sink;
    private final Database database;
    private final Pool pool;
    private final String[] properties;
    /** Where the load goes; a node that is started anew takes its old place. */
    private final List<Service> nodes = new ArrayList<>();

    private Chaos() throws Exception {
        work = Files.createTempDirectory(Files.createDirectories(OUT), "chaos");
        Certificate certificate = Certificate.in(work);
        sink = Sink.start(vertx, certificate, Sink.BOTH, Sink.Reactions.GOOD);
        database = Database.in(work);
        pool = database.pool(vertx);
        List<String> all = new ArrayList<>(List.of(database.properties()));
        all.add("-Dtidings.egress.ca-certificates=" + certificate.pem());
        properties = all.toArray(String[]::new);
    }

    private interface Fault {
        void happen() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        // Connections that break are this run's subject.
        java.util.logging.Logger.getLogger("io.vertx").setLevel(java.util.logging.Level.OFF);
        var chaos = new Chaos();
        try {
            chaos.run();
        } finally {
            for (Service node : chaos.nodes) {
                node.close();
            }
            chaos.database.close();
            chaos.vertx.close().toCompletionStage().toCompletableFuture().get();
        }
        String table = String.join("\n", chaos.lines);
        System.out.println(table);
        Files.writeString(chaos.work.resolve("chaos.md"), table);
    }

    private void run() throws Exception {
        nodes.add(Service.start(work, properties));
        nodes.getFirst().webhook("tenant0", sink.url("/good"));
        nodes.getFirst().campaign("tenant0");
        cell("none", () -> {});
        cell("kill -9 of the service, and a new start", () -> restart(0));
        cell("restart of PostgreSQL", database::restart);
        cell("its backends killed, all, five times", this::killBackends);
        cell("its connections exhausted for five seconds", this::exhaustConnections);
        nodes.add(Service.start(work, properties));
        cell("kill -9 of one of two nodes, three times", () -> {
            for (int i = 0; i < 3; i++) {
                restart(1);
            }
        });
    }

    private void restart(int index) throws Exception {
        nodes.get(index).kill();
        nodes.set(index, Service.startOn(nodes.get(index).port, work, properties));
    }

    private void killBackends() throws Exception {
        for (int i = 0; i < 5; i++) {
            Database.query(pool, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
            Thread.sleep(1_000);
        }
    }

    private void exhaustConnections() throws Exception {
        List<Pool> others = new ArrayList<>();
        long until = System.nanoTime() + 5_000_000_000L;
        boolean cut = false;
        while (System.nanoTime() < until) {
            Pool one = database.pool(vertx);
            others.add(one);
            try {
                one.getConnection().toCompletionStage().toCompletableFuture().get();
            } catch (java.util.concurrent.ExecutionException full) {
                if (!cut) {
                    // The service's own connections go; what becomes free is taken here, as far as we are faster.
                    cut = true;
                    Database.query(pool, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle'"
                            + " AND query NOT LIKE '%pg_terminate%' AND query <> '' AND pid <> pg_backend_pid()");
                }
                Thread.sleep(5);
            }
        }
        for (Pool one : others) {
            one.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private void cell(String name, Fault fault) throws Exception {
        sink.forget();
        String prefix = "chaos-" + lines.size() + "-";
        var feeder = new Feeder(vertx, List.of("tenant0"));
        var broken = new Thread(() -> {
            try {
                Thread.sleep(5_000);
                fault.happen();
            } catch (Exception e) {
                e.printStackTrace();
            }
        });
        broken.start();
        int[] turn = {0};
        Feeder.Fed fed = feeder.open(() -> nodes.get(turn[0]++ % nodes.size()).port, prefix, rate, SECONDS, BATCH);
        broken.join();
        Figures.awaitArrival(fed.postedAt, sink, 40);
        Thread.sleep(2_000);
        long lost = Figures.lost(fed.postedAt, sink.firstSeen);
        lines.add(String.format(Locale.ROOT, "| %s | %d | %d | %d | %d | %d | %.1f |", name, fed.postedAt.size(),
                sink.firstSeen.size(), lost, sink.requests.sum() - sink.firstSeen.size(),
                fed.refused.sum() + fed.failed.sum(), longestSilence(sink.firstSeen.values())));
        System.out.println(lines.getLast());
    }

    /** Between one arrival and the next. */
    private static double longestSilence(Collection<Long> arrivals) {
        Set<Long> sorted = new TreeSet<>(arrivals);
        long longest = 0;
        Long before = null;
        for (Long arrival : sorted) {
            longest = before == null ? 0 : Math.max(longest, arrival - before);
            before = arrival;
        }
        return longest / 1e9;
    }
}
