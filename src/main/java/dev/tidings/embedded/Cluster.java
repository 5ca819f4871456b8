package dev.tidings.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One data directory's PostgreSQL server: durable ({@code fsync}, {@code synchronous_commit}), on loopback only, without
 * Unix sockets, and with a password that only the directory's owner can read.
 *
 * <p>PostgreSQL refuses to run as root; as root it is started in a user namespace of its own, where it is nobody.
 */
final class Cluster {
    static final String USER = "tidings";
    private static final long PATIENCE_SECONDS = 120;

    private final Path data;
    private final Path bin;
    private final Path cluster;
    private final Path passwordFile;
    private final boolean root = "root".equals(System.getProperty("user.name"));

    Cluster(Path data, Path home) {
        this.data = data;
        this.bin = home.resolve("bin");
        this.cluster = data.resolve("cluster");
        this.passwordFile = data.resolve("password");
    }

    /** Starts the server, after creating it where there is none; answers its port. */
    int start() {
        try {
            if (!Files.exists(cluster.resolve("PG_VERSION"))) {
                create();
            }
            if (Files.exists(cluster.resolve("postmaster.pid"))) {
                // We hold the directory's lock, so whoever started this server is gone: it was left behind by a kill.
                run(List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w"), false);
            }
            int port = freePort();
            run(
                    List.of(
                            "pg_ctl",
                            "start",
                            "-w",
                            "-D",
                            cluster.toString(),
                            "-l",
                            data.resolve("postgresql.log").toString(),
                            "-o",
                            settings(port)),
                    true);
            return port;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The embedded PostgreSQL did not start: " + e.getMessage() + ".");
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
            run(List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w"), false);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The embedded PostgreSQL did not stop: " + e.getMessage() + ".");
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
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random));
        run(
                List.of(
                        "initdb",
                        "-D",
                        cluster.toString(),
                        "-U",
                        USER,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile),
                true);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs one of PostgreSQL's programs to its end. */
    private void run(List<String> command, boolean mustSucceed) throws IOException {
        List<String> whole = new ArrayList<>(root ? List.of("unshare", "-U") : List.of());
        whole.add(bin.resolve(command.getFirst()).toString());
        whole.addAll(command.subList(1, command.size()));
        Path output = Files.createTempFile(data, command.getFirst(), ".log");
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (mustSucceed && (!ended || process.exitValue() != 0)) {
                throw failed(command.getFirst(), Files.readString(output, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " was running", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private EmbeddedDatabaseException failed(String program, String output) {
        String words = output.strip().replace('\n', ' ');
        if (root && words.contains("unshare")) {
            return new EmbeddedDatabaseException(
                    "PostgreSQL does not run as root, and this machine does not allow the user"
                            + " namespace that would help (" + words + "). Start Tidings as a normal user.");
        }
        return new EmbeddedDatabaseException("The embedded PostgreSQL did not start: " + program + " says: " + words
                + ". See " + data.resolve("postgresql.log") + ".");
    }
}
