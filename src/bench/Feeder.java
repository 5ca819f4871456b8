import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Posts events, single or in batches, and notes when each was due and how long each request took. */
final class Feeder {
    /** What became of what was posted. {@code postedAt}: eventId → nanoTime at which it was, or ought to be, posted. */
    static final class Fed {
        final Map<String, Long> postedAt = new ConcurrentHashMap<>(1 << 17);
        final Queue<Long> acks = new ConcurrentLinkedQueue<>();
        final LongAdder accepted = new LongAdder();
        final LongAdder refused = new LongAdder();
        final LongAdder failed = new LongAdder();
        volatile double seconds;

        void add(Fed other) {
            postedAt.putAll(other.postedAt);
            acks.addAll(other.acks);
            accepted.add(other.accepted.sum());
            refused.add(other.refused.sum());
            failed.add(other.failed.sum());
            seconds += other.seconds;
        }
    }

    private final Vertx vertx;
    private final HttpClient client;
    /** An event of each tenant, but for its beginning with the {@code eventId}: rendered once, so that the load costs little. */
    private final List<byte[]> tails;

    Feeder(Vertx vertx, List<String> tenants) throws Exception {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(512).setPipelining(false));
        String event = Files.readString(Path.of("src/docs/samples/email-bounce.json")).strip().substring(1);
        this.tails = tenants.stream()
                .map(tenant -> ("\"," + event.replace("myImsOrg", tenant)).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** As fast as it goes: so many clients, each posts when its last request was answered. */
    Fed closed(int port, String name, int events, int batch, int clients) throws Exception {
        var fed = new Fed();
        var next = new AtomicInteger();
        var done = new CountDownLatch(clients);
        long begun = System.nanoTime();
        for (int c = 0; c < clients; c++) {
            vertx.getOrCreateContext().runOnContext(go -> again(port, name, events, batch, next, fed, done));
        }
        done.await();
        fed.seconds = (System.nanoTime() - begun) / 1e9;
        return fed;
    }

    private void again(
            int port, String name, int events, int batch, AtomicInteger next, Fed fed, CountDownLatch done) {
        int from = next.getAndAdd(batch);
        if (from >= events) {
            done.countDown();
            return;
        }
        post(port, name, from, Math.min(events, from + batch), System.nanoTime(), fed,
                () -> again(port, name, events, batch, next, fed, done));
    }

    /** So many events a second, whatever the answers: what the service is late with counts from when it was due. */
    Fed open(int port, String name, double perSecond, int seconds, int batch) throws Exception {
        return open(() -> port, name, perSecond, seconds, batch);
    }

    /** The same, to whichever port is answered for each request. */
    Fed open(IntSupplier port, String name, double perSecond, int seconds, int batch) throws Exception {
        var fed = new Fed();
        int requests = (int) (perSecond * seconds / batch);
        var done = new CountDownLatch(requests);
        long begun = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            long due = begun + (long) (i * (batch / perSecond) * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, 1_000_000));
            }
            int from = i * batch;
            int to = port.getAsInt();
            // On an event loop: elsewhere an answer could be there before anybody waits for its body.
            vertx.getOrCreateContext().runOnContext(go -> post(to, name, from, from + batch, due, fed, done::countDown));
        }
        if (!done.await(60, TimeUnit.SECONDS)) {
            System.out.println(done.getCount() + " posts were not answered within a minute");
        }
        fed.seconds = (System.nanoTime() - begun) / 1e9;
        return fed;
    }

    private void post(int port, String name, int from, int to, long due, Fed fed, Runnable then) {
        Buffer body = Buffer.buffer((tails.getFirst().length + 60) * (to - from) + 2);
        body.appendString(to - from == 1 ? "" : "[");
        for (int i = from; i < to; i++) {
            body.appendString(i == from ? "" : ",").appendString("{\"eventId\":\"" + name + i);
            body.appendBytes(tails.get(i % tails.size()));
        }
        body.appendString(to - from == 1 ? "" : "]");
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/v1/feedback-events")
                .putHeader("content-type", "application/json");
        client.request(options)
                .compose(request -> request.send(body))
                .compose(answer -> answer.body().map(text -> {
                    if (answer.statusCode() == 202) {
                        accepted(text.toString(), name, from, to, due, fed);
                    } else {
                        fed.refused.add(to - from);
                    }
                    return null;
                }))
                .onComplete(result -> {
                    fed.acks.add(System.nanoTime() - due);
                    if (result.failed()) {
                        fed.failed.add(to - from);
                    }
                    then.run();
                });
    }

    private static void accepted(String answer, String name, int from, int to, long due, Fed fed) {
        int count = 0;
        for (int at = answer.indexOf("\"accepted\"}"); at >= 0; at = answer.indexOf("\"accepted\"}", at + 1)) {
            count++;
        }
        boolean all = count == to - from;
        for (int i = from; i < to; i++) {
            if (all || answer.contains("\"" + name + i + "\",\"status\":\"accepted\"")) {
                fed.postedAt.put(name + i, due);
            }
        }
        fed.accepted.add(count);
    }
}
