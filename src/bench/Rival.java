import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.sql.DataSource;

/**
 * What one would write oneself: db-scheduler with one task a delivery, and the JDK's HTTP client in it. It runs in this JVM,
 * schedules without an HTTP request, matches nothing and logs no attempt: less work than Tidings does.
 */
final class Rival {
    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
              task_name text NOT NULL, task_instance text NOT NULL, task_data bytea, execution_time timestamptz,
              picked boolean NOT NULL, picked_by text, last_success timestamptz, last_failure timestamptz,
              consecutive_failures int, last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
              PRIMARY KEY (task_name, task_instance));
            CREATE INDEX ON scheduled_tasks (execution_time);
            CREATE INDEX ON scheduled_tasks (last_heartbeat)
            """;
    private static final int SENDERS = 32;

    private Rival() {}

    /** Deliveries a second with that many scheduled at once; 1: by 16 threads, one commit each. */
    static double rate(Database database, Certificate certificate, Sink sink, int events, int batch) throws Exception {
        try (var connections = new HikariDataSource(pool(database))) {
            try (var connection = connections.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS scheduled_tasks");
                statement.execute(TABLE);
            }
            return rate(connections, certificate, sink, events, batch);
        }
    }

    private static HikariConfig pool(Database database) throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(Database.USER);
        config.setPassword(database.password());
        config.setMaximumPoolSize(20);
        return config;
    }

    private static double rate(DataSource connections, Certificate certificate, Sink sink, int events, int batch)
            throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        String payload = Files.readString(Path.of("src/docs/samples/email-bounce.json"));
        OneTimeTask<String> delivery = Tasks.oneTime("delivery", String.class)
                .execute((instance, context) -> post(client, sink.url("/good"), instance.getId(), instance.getData()));
        Scheduler scheduler = Scheduler.create(connections, delivery)
                .threads(SENDERS)
                .pollUsingLockAndFetch(0.5, 4.0)
                .pollingInterval(Duration.ofMillis(20))
                .build();
        sink.forget();
        scheduler.start();
        long begun = System.nanoTime();
        try (var feeders = Executors.newFixedThreadPool(16)) {
            for (int from = 0; from < events; from += batch) {
                List<TaskInstance<?>> some = IntStream.range(from, Math.min(events, from + batch))
                        .<TaskInstance<?>>mapToObj(i -> delivery.instance("rival-" + batch + "-" + i, payload))
                        .toList();
                feeders.execute(() -> scheduler.scheduleBatch(some, Instant.now()));
            }
        }
        long patience = System.nanoTime() + 120_000_000_000L;
        while (sink.firstSeen.size() < events && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
        double rate = sink.firstSeen.size() / ((System.nanoTime() - begun) / 1e9);
        scheduler.stop();
        client.close();
        return rate;
    }

    private static void post(HttpClient client, String url, String id, String payload) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("content-type", "application/json")
                    .header("webhook-id", id)
                    .timeout(Duration.ofSeconds(15))
                    .POST(BodyPublishers.ofString(payload))
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                throw new IllegalStateException("answered " + status);
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = Files.newInputStream(certificate.pem())) {
            store.setCertificateEntry("sink", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
