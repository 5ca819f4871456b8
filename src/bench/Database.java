import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The PostgreSQL of a data folder that the service has made, run apart from the service: so that it can be restarted, or
 * shared by two nodes. Durable as the service runs it (fsync, synchronous_commit).
 */
final class Database implements AutoCloseable {
    static final String USER = "tidings";

    private final Path data;
    private final Path bin;
    private final int port;

    private Database(Path data, Path bin, int port) {
        this.data = data;
        this.bin = bin;
        this.port = port;
    }

    /** Lets the service make it in that folder, ends the service, and starts it again without. */
    static Database in(Path folder) throws Exception {
        Service.start(folder).close();
        Path data = folder.resolve("data");
        try (var homes = Files.newDirectoryStream(data, "postgresql-*")) {
            var database = new Database(data, homes.iterator().next().resolve("bin"), Service.freePort());
            database.start();
            return database;
        }
    }

    /** What a service needs in order to use it. */
    String[] properties() throws Exception {
        return new String[] {
            "-Dquarkus.datasource.reactive.url=postgresql://127.0.0.1:" + port + "/postgres",
            "-Dquarkus.datasource.username=" + USER,
            "-Dquarkus.datasource.password=" + password()
        };
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String password() throws Exception {
        return Files.readString(data.resolve("password")).strip();
    }

    Pool pool(Vertx vertx) throws Exception {
        return pool(vertx, 2);
    }

    Pool pool(Vertx vertx, int connections) throws Exception {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(options())
                .using(vertx)
                .build();
    }

    PgConnectOptions options() throws Exception {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setDatabase("postgres")
                .setUser(USER)
                .setPassword(password());
    }

    static RowSet<Row> query(Pool pool, String sql) throws Exception {
        return pool.query(sql).execute().toCompletionStage().toCompletableFuture().get();
    }

    /** All of the database, with its indexes. */
    long megabytes(Vertx vertx) throws Exception {
        Pool pool = pool(vertx, 1);
        try {
            return query(pool, "SELECT pg_database_size(current_database()) / 1048576").iterator().next().getLong(0);
        } finally {
            pool.close();
        }
    }

    void start() throws Exception {
        control("start", "-w", "-l", data.resolve("bench.log").toString(), "-o",
                "-p " + port + " -h 127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on"
                        + " -c max_connections=60 -c shared_buffers=128MB -c max_wal_size=2GB");
    }

    void restart() throws Exception {
        control("stop", "-w", "-m", "fast");
        start();
    }

    long pid() throws Exception {
        return Long.parseLong(Files.readAllLines(data.resolve("cluster/postmaster.pid")).getFirst());
    }

    private void control(String... arguments) throws Exception {
        // PostgreSQL refuses to be root; in a user namespace of its own it is nobody.
        List<String> command =
                new ArrayList<>("root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of());
        command.addAll(List.of(bin.resolve("pg_ctl").toString(), "-D", data.resolve("cluster").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("control.log").toFile()))
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pg_ctl failed: see " + data.resolve("control.log"));
        }
    }

    @Override
    public void close() throws Exception {
        control("stop", "-w", "-m", "fast");
    }
}
