package dev.tidings.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * One data directory's PostgreSQL server: durable ({@code fsync}, {@code synchronous_commit}), on loopback only, without
 * Unix sockets, and with a password that only the directory's owner can read.
 *
 * <p>Whoever calls holds the directory's lock.
 */
final class Cluster {
    static final String USER = "tidings";
    /** Recovery after a crash replays up to {@code max_wal_size}; a start that is given up too soon starts it anew. */
    private static final String START_SECONDS = "600";

    private final Path data;
    private final Programs programs;
    private final Path cluster;
    private final Path passwordFile;

    Cluster(Path data, Path home) {
        this.data = data;
        this.programs = new Programs(home.resolve("bin"), data);
        this.cluster = data.resolve("cluster");
        this.passwordFile = data.resolve("password");
    }

    /** Starts the server, after creating it where there is none; answers its port. */
    int start() {
        try {
            if (Files.exists(cluster)) {
                requireOwnership();
                stopLeftover();
            } else {
                create();
            }
            ServerLog log = ServerLog.turnOver(data.resolve("postgresql.log"));
            int port = freePort();
            var outcome = programs.run(
                    "pg_ctl",
                    "start",
                    "-w",
                    "-t",
                    START_SECONDS,
                    "-D",
                    cluster.toString(),
                    "-l",
                    log.file().toString(),
                    "-o",
                    settings(port));
            if (!outcome.succeeded()) {
                throw failed("pg_ctl", log.sinceStart() + outcome.output());
            }
            return port;
        } catch (IOException e) {
            throw failed("the system", String.valueOf(e.getMessage()));
        }
    }

    private static String settings(int port) {
        return "-p " + port
                + " -h 127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on"
                + " -c max_connections=60 -c shared_buffers=128MB -c max_wal_size=2GB";
    }

    /** Stops the server; what is committed is on the disk. */
    void stop() {
        try {
            programs.run("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w");
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The embedded PostgreSQL did not stop: " + e.getMessage() + ".");
        }
    }

    /** The lock is ours, so whoever started a server that is still there is gone: it was left behind by a kill. */
    private void stopLeftover() throws IOException {
        var pid = new PostmasterPid(cluster.resolve("postmaster.pid"));
        if (pid.server().isPresent()) {
            stop();
        } else {
            pid.forgetStranger();
        }
    }

    /** As root one could use another's data, and would leave files in it that its owner can't read any more. */
    private void requireOwnership() throws IOException {
        Path ours = Files.createTempFile(data, "owner", ".tmp");
        try {
            UserPrincipal owner = Files.getOwner(cluster);
            if (!owner.equals(Files.getOwner(ours))) {
                throw new EmbeddedDatabaseException("The data in " + cluster + " belongs to the user " + owner.getName()
                        + ". Start Tidings as that user, or set tidings.embedded.data-directory to another one.");
            }
        } finally {
            Files.delete(ours);
        }
    }

    String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The password in " + passwordFile + " can't be read: " + e.getMessage() + ".");
        }
    }

    private void create() throws IOException {
        writePassword();
        Path half = data.resolve("cluster.half");
        Folders.delete(half);
        var outcome = programs.run(
                "initdb",
                "-D",
                half.toString(),
                "-U",
                USER,
                "--encoding=UTF8",
                "--locale=C",
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile);
        if (!outcome.succeeded()) {
            throw failed("initdb", outcome.output());
        }
        Folders.rename(half, cluster);
    }

    private void writePassword() throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        try (FileChannel file = FileChannel.open(
                passwordFile,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            file.write(ByteBuffer.wrap(HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII)));
            file.force(true);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private EmbeddedDatabaseException failed(String who, String said) {
        return new EmbeddedDatabaseException("The embedded PostgreSQL in " + data + " did not start. "
                + StartAdvice.on(said).text() + who + " says: " + said.strip().replaceAll("\\s*\\R\\s*", " ") + ".");
    }
}
