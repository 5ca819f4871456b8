import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Deliveries a second, and their delay, of others while so many rows wait for an endpoint that is dead: 0, ten thousand,
 * a million, and whatever {@code -Drows} says (10000000 takes a few minutes and 8 GB of disk). Loopback only.
 */
public final class Backlog {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    /** Else the compiler would work for the first row of the table only. */
    private static final int WARM_UP = 300_000;

    private static final String FILL = """
            WITH dead AS (SELECT id FROM webhook WHERE ims_org = 'dead'),
            made AS (
              INSERT INTO event (id, ims_org, sandbox_name, webhook_id, channel, feedback_status, campaign_id, request_id,
                                 message_execution_id, accepted_at, payload)
              SELECT (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7000'
                       || to_hex(x'8000000000000000'::bit(64)::bigint + %d + i))::uuid,
                     'dead', 'prod', dead.id, 'email', 'bounce', 'c', 'r', 'm', now(), convert_to(repeat('x', 600), 'UTF8')
                FROM dead, generate_series(1, %d) AS i
              RETURNING id, webhook_id, accepted_at)
            INSERT INTO queue (delivery_id, webhook_id, due_at, begun_at)
            SELECT id, webhook_id, accepted_at, accepted_at FROM made
            """;

    public static void main(String[] args) throws Exception {
        long most = Long.getLong("rows", 1_000_000);
        int events = Integer.getInteger("events", 40_000);
        Path work = Files.createTempDirectory(Files.createDirectories(OUT), "backlog");
        Certificate certificate = Certificate.in(work);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        Sink sink = Sink.start(vertx, certificate, Sink.BOTH, Sink.Reactions.GOOD);
        List<String> lines = new ArrayList<>(List.of(
                "| rows waiting for a dead endpoint | delivered/s of others | of empty | receipt to first attempt p50/p95/p99 ms |"
                        + " lost | CPU ms per delivery: service |",
                "| --- | --- | --- | --- | --- | --- |"));
        try (Database database = Database.in(work)) {
            Pool pool = database.pool(vertx);
            String[] properties = database.properties();
            try (Service service = Service.start(work, with(properties, certificate))) {
                List<String> tenants = IntStream.range(0, 10).mapToObj(i -> "tenant" + i).toList();
                for (String tenant : tenants) {
                    service.webhook(tenant, sink.url("/good"));
                    service.campaign(tenant);
                }
                service.webhook("dead", "https://localhost:" + Service.freePort() + "/");
                var feeder = new Feeder(vertx, tenants);
                Figures.awaitArrival(feeder.closed(service.port, "warm-", WARM_UP, 100, 8).postedAt, sink, 30);
                double empty = 0;
                long there = 0;
                for (long rows = 0; rows <= most; rows = rows == 0 ? 10_000 : rows == 10_000 ? 1_000_000 : rows * 10) {
                    fill(pool, there, rows);
                    there = rows;
                    Thread.sleep(5_000);
                    sink.forget();
                    double cpu = service.cpuSeconds();
                    long begun = System.nanoTime();
                    Feeder.Fed fed = feeder.closed(service.port, "rows" + rows + "-", events, 100, 8);
                    long end = Figures.awaitArrival(fed.postedAt, sink, 30);
                    double perSecond = fed.postedAt.size() / ((end - begun) / 1e9);
                    empty = rows == 0 ? perSecond : empty;
                    lines.add(String.format(Locale.ROOT, "| %d | %.0f | %.2f | %s | %d | %.2f |", rows, perSecond,
                            perSecond / empty, Figures.percentiles(Figures.delays(fed.postedAt, sink.firstSeen)),
                            Figures.lost(fed.postedAt, sink.firstSeen), (service.cpuSeconds() - cpu) * 1000 / events));
                    System.out.println(lines.getLast());
                }
            }
            pool.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
        String table = String.join("\n", lines);
        System.out.println(table);
        Files.writeString(work.resolve("backlog.md"), table);
    }

    private static String[] with(String[] properties, Certificate certificate) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("-Dtidings.egress.ca-certificates=" + certificate.pem());
        return all.toArray(String[]::new);
    }

    private static void fill(Pool pool, long from, long to) throws Exception {
        for (long at = from; at < to; at += 100_000) {
            Database.query(pool, String.format(FILL, at, Math.min(100_000, to - at)));
        }
        Database.query(pool, "ANALYZE queue");
    }
}
