import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Faults under load: what was accepted must arrive. Each cell begins with two nodes' worth of configuration on one
 * PostgreSQL, posts at an even rate for twenty seconds, and breaks something meanwhile. Ends only processes that it
 * started; loopback only.
 */
public final class Chaos {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    private static final int SECONDS = 20;
    private static final int BATCH = 10;
    /** More than PostgreSQL has connections. */
    private static final int HUNGRY = 80;
    /** A delay that is normal after the fault, in milliseconds. */
    private static final double NORMAL = 1_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final double rate = Double.parseDouble(System.getProperty("rate", "500"));
    private final List<String> lines = new ArrayList<>(List.of(
            "| fault | accepted | delivered | lost | duplicates | refused or failed posts | seconds from the (last) fault until normal |",
            "| --- | --- | --- | --- | --- | --- | --- |"));
    private final Path work;
    private final Sink sink;
    private final Database database;
    private final Pool pool;
    private final String[] properties;
    /** Where the load goes; a node that is started anew takes its old place. */
    private final List<Service> nodes = new ArrayList<>();
    /** The nanoTime of a cell's fault; of the last one where it happens several times. */
    private final AtomicLong brokenAt = new AtomicLong();

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
        brokenAt.set(System.nanoTime());
        nodes.get(index).kill();
        nodes.set(index, Service.startOn(nodes.get(index).port, work, properties));
    }

    private void killBackends() throws Exception {
        for (int i = 0; i < 5; i++) {
            killOthers("true");
            Thread.sleep(1_000);
        }
    }

    private void killOthers(String which) throws Exception {
        Database.query(pool, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND " + which);
    }

    /** Many hungry ones take every connection that there is, also those that the service loses meanwhile. */
    private void exhaustConnections() throws Exception {
        var hungry = new AtomicBoolean(true);
        List<PgConnection> taken = new CopyOnWriteArrayList<>();
        PgConnectOptions options = database.options();
        for (int i = 0; i < HUNGRY; i++) {
            takeOne(options, hungry, taken);
        }
        Thread.sleep(1_000);
        killOthers("application_name NOT LIKE 'hungry%'");
        Thread.sleep(5_000);
        hungry.set(false);
        System.out.println("Taken by the hungry: " + taken.size() + " connections");
        taken.forEach(PgConnection::close);
    }

    private void takeOne(PgConnectOptions options, AtomicBoolean hungry, List<PgConnection> taken) {
        PgConnectOptions named = new PgConnectOptions(options).addProperty("application_name", "hungry");
        PgConnection.connect(vertx, named).onComplete(one -> {
            if (one.succeeded()) {
                taken.add(one.result());
            } else if (hungry.get()) {
                takeOne(options, hungry, taken);
            }
        });
    }

    private void cell(String name, Fault fault) throws Exception {
        sink.forget();
        String prefix = "chaos-" + lines.size() + "-";
        var feeder = new Feeder(vertx, List.of("tenant0"));
        var broken = new Thread(() -> {
            try {
                Thread.sleep(5_000);
                brokenAt.set(System.nanoTime());
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
                fed.refused.sum() + fed.failed.sum(),
                Figures.secondsUntilNormal(fed.postedAt, sink.firstSeen, brokenAt.get(), NORMAL)));
        System.out.println(lines.getLast());
    }
}
