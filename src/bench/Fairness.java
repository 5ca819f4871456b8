import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A hundred endpoints, ten of them bad in ten ways: what do the ninety good ones feel of it? The same load, first with the
 * bad ones left out, then with them; three times in turns. Loopback only; ends by itself.
 */
public final class Fairness {
    private static final Path OUT = Path.of("target/bench").toAbsolutePath();
    private static final int ENDPOINTS = 100;
    private static final List<String> WAYS = List.of(
            "hang", "drip", "500", "reset", "slow-handshake", "endless-body", "huge-headers", "redirect-loop", "429",
            "bad-certificate");
    private static final Buffer CHUNK = Buffer.buffer("x".repeat(8_192));

    private static volatile boolean misbehave;

    public static void main(String[] args) throws Exception {
        double rate = Double.parseDouble(System.getProperty("rate", "400"));
        int seconds = Integer.getInteger("seconds", 20);
        int rounds = Integer.getInteger("rounds", 5);
        // One line for each frame that a client no longer wants: it would fill the terminal.
        java.util.logging.Logger.getLogger("io.netty.handler.codec").setLevel(java.util.logging.Level.WARNING);
        Path work = Files.createTempDirectory(Files.createDirectories(OUT), "fairness");
        Certificate trusted = Certificate.in(work);
        Certificate unknown = Certificate.in(Files.createDirectories(work.resolve("unknown")));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        // The bad ones are other hosts: what they do to their connections and event loops, they do to their own.
        Vertx others = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        var receivers = new Receivers(
                Sink.start(vertx, trusted, Sink.BOTH, Sink.Reactions.GOOD),
                Sink.start(others, trusted, Sink.BOTH, request -> answer(others, request)),
                Sink.start(others, unknown, Sink.BOTH, Sink.Reactions.GOOD),
                mute(others));
        List<String> tenants =
                IntStream.range(0, ENDPOINTS).mapToObj(i -> "tenant" + i).toList();
        List<String> lines = new ArrayList<>(List.of(
                "| run | good endpoints: receipt to first attempt p50/p95/p99 ms | lost of the good | attempts at the bad |",
                "| --- | --- | --- | --- |"));
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        try (Service service = Service.start(work, "-Dtidings.egress.ca-certificates=" + trusted.pem())) {
            for (int i = 0; i < ENDPOINTS; i++) {
                service.webhook(tenants.get(i), receivers.url(i));
                service.campaign(tenants.get(i));
            }
            var good = new Feeder(vertx, tenants.subList(WAYS.size(), ENDPOINTS));
            var all = new Feeder(vertx, tenants);
            Figures.awaitArrival(good.closed(service.port, "warm-", 120_000, 100, 8).postedAt, receivers.good, 30);
            Figures.awaitArrival(good.open(service.port, "warm-open-", 2_000, seconds, 1).postedAt, receivers.good, 30);
            for (int round = 0; round < rounds; round++) {
                misbehave = false;
                without.add(run(service, receivers, good, "without-" + round + "-", rate * 0.9, seconds, ENDPOINTS - WAYS.size(), lines));
                misbehave = true;
                with.add(run(service, receivers, all, "with-" + round + "-", rate, seconds, ENDPOINTS, lines));
            }
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
        others.close().toCompletionStage().toCompletableFuture().get();
        lines.add(String.format(Locale.ROOT, "p99 with bad ones / without: %.2f (medians of %d rounds)",
                Medians.of(with) / Medians.of(without), rounds));
        String table = String.join("\n", lines);
        System.out.println(table);
        Files.writeString(work.resolve("fairness.md"), table);
    }

    private static double run(
            Service service, Receivers receivers, Feeder feeder, String name, double rate, int seconds, int endpoints, List<String> lines)
            throws Exception {
        Thread.sleep(3_000);
        Sink sink = receivers.good;
        sink.forget();
        receivers.bad.forget();
        Feeder.Fed fed = feeder.open(service.port, name, rate, seconds, 1);
        int first = endpoints == ENDPOINTS ? WAYS.size() : 0;
        Map<String, Long> good = fed.postedAt.entrySet().stream()
                .filter(e -> Integer.parseInt(e.getKey().substring(name.length())) % endpoints >= first)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Figures.awaitArrival(good, sink, 20);
        var delays = Figures.delays(good, sink.firstSeen);
        lines.add(String.format(Locale.ROOT, "| %s | %s | %d | %d |", name, Figures.percentiles(delays),
                Figures.lost(good, sink.firstSeen), receivers.bad.requests.sum()));
        System.out.println(lines.getLast());
        return Figures.millis(delays, 99);
    }

    /** Where the webhooks lead: one without a trusted certificate, and a port that never answers a handshake, besides. */
    private record Receivers(Sink good, Sink bad, Sink stranger, int mute) {
        String url(int endpoint) {
            String way = endpoint < WAYS.size() ? WAYS.get(endpoint) : "good";
            return switch (way) {
                case "slow-handshake" -> "https://localhost:" + mute + "/";
                case "bad-certificate" -> stranger.url("/" + way);
                case "good" -> good.url("/" + way + "/" + endpoint);
                default -> bad.url("/" + way + "/" + endpoint);
            };
        }
    }

    /** Accepts connections and says nothing. */
    private static int mute(Vertx vertx) throws Exception {
        NetServer server = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0));
        return server.connectHandler(socket -> socket.exceptionHandler(gone -> {}))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    private static void answer(Vertx vertx, HttpServerRequest request) {
        String way = request.path().split("/")[1];
        var response = request.response();
        response.exceptionHandler(gone -> {});
        if (!misbehave) {
            response.setStatusCode(200).end();
            return;
        }
        switch (way) {
            case "hang" -> {}
            case "drip" -> {
                response.setChunked(true).write("x");
                vertx.setPeriodic(1_000, timer -> {
                    if (response.closed() || response.ended()) {
                        vertx.cancelTimer(timer);
                    } else {
                        response.write("x");
                    }
                });
            }
            case "500" -> response.setStatusCode(500).end();
            case "reset" -> request.connection().close();
            case "endless-body" -> {
                response.setChunked(true);
                pour(response);
            }
            case "huge-headers" -> {
                for (int i = 0; i < 10; i++) {
                    response.putHeader("x-fill-" + i, "x".repeat(1 << 20));
                }
                response.end();
            }
            case "redirect-loop" -> response.setStatusCode(302).putHeader("location", request.path()).end();
            case "429" -> response.setStatusCode(429).putHeader("retry-after", "3600").end();
            default -> throw new IllegalStateException(way);
        }
    }

    private static void pour(io.vertx.core.http.HttpServerResponse response) {
        while (!response.closed() && !response.writeQueueFull()) {
            response.write(CHUNK);
        }
        response.drainHandler(go -> pour(response));
    }
}
