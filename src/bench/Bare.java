import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The same HTTP client that Tidings uses, with nothing around it: no queue, no database, no log. */
final class Bare {
    private static final int CONCURRENCY = 64;

    private Bare() {}

    /** Requests a second to the sink; the first, shorter round warms up. */
    static double rate(Vertx vertx, Certificate certificate, Sink sink, List<HttpVersion> versions, int requests)
            throws Exception {
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(versions)
                .setTrustOptions(new PemTrustOptions().addCertPath(certificate.pem().toString()))
                .setMaxPoolSize(CONCURRENCY));
        Buffer body = Buffer.buffer(Files.readAllBytes(Path.of("src/docs/samples/email-bounce.json")));
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(sink.url("/good"))
                .putHeader("content-type", "application/json");
        round(vertx, client, options, body, requests);
        double rate = round(vertx, client, options, body, requests);
        client.close();
        return rate;
    }

    private static double round(Vertx vertx, HttpClient client, RequestOptions options, Buffer body, int requests)
            throws Exception {
        var left = new AtomicInteger(requests);
        var done = new CountDownLatch(CONCURRENCY);
        long begun = System.nanoTime();
        for (int i = 0; i < CONCURRENCY; i++) {
            vertx.getOrCreateContext().runOnContext(go -> again(client, options, body, left, done));
        }
        done.await();
        return requests / ((System.nanoTime() - begun) / 1e9);
    }

    private static void again(
            HttpClient client, RequestOptions options, Buffer body, AtomicInteger left, CountDownLatch done) {
        if (left.getAndDecrement() <= 0) {
            done.countDown();
            return;
        }
        var once = new RequestOptions(options).putHeader("webhook-id", "bare" + (left.get() & 1023));
        client.request(once)
                .compose(request -> request.send(body))
                .compose(answer -> answer.end())
                .onComplete(result -> again(client, options, body, left, done));
    }
}
