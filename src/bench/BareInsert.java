import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows a second that the same PostgreSQL commits, with nothing around it: id and payload, 256 rows a statement. */
final class BareInsert {
    private static final int ROWS = 256;
    private static final int CONNECTIONS = 4;

    private BareInsert() {}

    /** The first, shorter round warms up. */
    static double rate(Vertx vertx, Database database, int rows) throws Exception {
        Pool pool = database.pool(vertx, CONNECTIONS);
        Database.query(pool, "CREATE TABLE bare (id uuid PRIMARY KEY, accepted_at timestamptz NOT NULL DEFAULT now(), payload bytea NOT NULL)");
        byte[] payload = Files.readAllBytes(Path.of("src/docs/samples/email-bounce.json"));
        byte[][] payloads = new byte[ROWS][];
        Arrays.fill(payloads, payload);
        round(pool, payloads, rows / 4);
        double rate = round(pool, payloads, rows);
        Database.query(pool, "DROP TABLE bare");
        pool.close();
        return rate;
    }

    private static double round(Pool pool, byte[][] payloads, int rows) throws Exception {
        var left = new AtomicInteger(rows / ROWS);
        var done = new CountDownLatch(CONNECTIONS);
        long begun = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            again(pool, payloads, left, done);
        }
        done.await();
        return rows / ((System.nanoTime() - begun) / 1e9);
    }

    private static void again(Pool pool, byte[][] payloads, AtomicInteger left, CountDownLatch done) {
        if (left.getAndDecrement() <= 0) {
            done.countDown();
            return;
        }
        UUID[] ids = new UUID[ROWS];
        Arrays.setAll(ids, i -> UUID.randomUUID());
        var buffers = Arrays.stream(payloads).map(io.vertx.core.buffer.Buffer::buffer).toArray(io.vertx.core.buffer.Buffer[]::new);
        pool.preparedQuery("INSERT INTO bare (id, payload) SELECT * FROM unnest($1::uuid[], $2::bytea[])")
                .execute(Tuple.of(ids, (Object) buffers))
                .onFailure(Throwable::printStackTrace)
                .onComplete(result -> again(pool, payloads, left, done));
    }
}
