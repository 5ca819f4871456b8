package dev.tidings.testing;

import dev.tidings.secrets.KeyFile;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A real PostgreSQL for tests: one server for the whole test run, a fresh database for every start of the application.
 */
public final class Postgres implements QuarkusTestResourceLifecycleManager {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Started by the first test that needs it; the library stops it when the JVM ends. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.datasource.reactive.url",
                newDatabase(),
                "tidings.secrets.keys",
                KeyFile.newKey(),
                "tidings.egress.ca-certificates",
                TestCertificate.pem().toString(),
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres");
    }

    /** Creates an empty database and answers its URL, {@code postgresql://localhost:port/name}. */
    public static String newDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database " + name + " for the test", e);
        }
        return "postgresql://localhost:" + Server.INSTANCE.getPort() + "/" + name;
    }

    /** The database of a URL of {@link #newDatabase}, for who looks at it past the application. */
    public static DataSource source(String url) {
        return Server.INSTANCE.getDatabase("postgres", url.substring(url.lastIndexOf('/') + 1));
    }

    @Override
    public void stop() {
        // The server outlives the application: the next test's start gets its own database.
    }
}
