package dev.tidings.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real server. Its directory is never lost to a start that was cut off. */
class ClusterTest {
    @TempDir
    static Path shared;

    static Path home;

    @TempDir
    Path data;

    @BeforeAll
    static void unpack() {
        home = Binaries.unpack(shared);
    }

    @Test
    void keepsWhatItWasGivenDurablyAndForItsOwnerOnly() throws Exception {
        var cluster = new Cluster(data, home);
        try (Connection connection = connect(cluster.start(), cluster.password())) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(show(connection, "full_page_writes")).isEqualTo("on");
            assertThat(show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(connection, "unix_socket_directories")).isEmpty();
            assertThat(Integer.parseInt(show(connection, "max_connections"))).isGreaterThanOrEqualTo(60);
            connection.createStatement().execute("CREATE TABLE kept (id int)");
        } finally {
            cluster.stop();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("password"))))
                .isEqualTo("rw-------");

        // When it is started again, it asks for the password and has the table.
        int port = cluster.start();
        try (Connection connection = connect(port, cluster.password())) {
            connection.createStatement().executeQuery("SELECT id FROM kept").close();
            assertThatThrownBy(() -> connect(port, "guessed")).isInstanceOf(SQLException.class);
        } finally {
            cluster.stop();
        }
    }

    @Test
    void beginsAnewWhenItsMakingWasCutOff() throws Exception {
        Path half = Files.createDirectories(data.resolve("cluster.half/base"));
        Files.writeString(half.resolveSibling("PG_VERSION"), "17\n");

        var cluster = new Cluster(data, home);
        connect(cluster.start(), cluster.password()).close();
        cluster.stop();

        assertThat(data.resolve("cluster.half")).doesNotExist();
    }

    @Test
    void stopsTheServerThatAKillLeftBehind() throws Exception {
        var killed = new Cluster(data, home);
        int before = killed.start();

        var next = new Cluster(data, home);
        int after = next.start();
        try {
            connect(after, next.password()).close();
            assertThatThrownBy(() -> connect(before, next.password())).isInstanceOf(SQLException.class);
        } finally {
            next.stop();
        }
    }

    @Test
    void startsThoughAStrangerHasTheNumberOfTheServerBefore() throws Exception {
        var cluster = new Cluster(data, home);
        cluster.start();
        cluster.stop();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(data.resolve("cluster/postmaster.pid"), stranger.pid() + "\n");

            connect(cluster.start(), cluster.password()).close();
            cluster.stop();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroy();
        }
    }

    @Test
    void saysWhatPostgresSaidWhenItDoesNotStart() throws IOException {
        var cluster = new Cluster(data, home);
        cluster.start();
        cluster.stop();
        Files.writeString(data.resolve("cluster/PG_VERSION"), "9.6\n");

        assertThatThrownBy(cluster::start)
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("another major version")
                .hasMessageContaining("incompatible with server")
                .hasMessageContaining("QUARKUS_DATASOURCE_REACTIVE_URL");
    }

    private static Connection connect(int port, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", Cluster.USER, password);
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
