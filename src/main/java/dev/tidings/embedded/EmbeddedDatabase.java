package dev.tidings.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * A real PostgreSQL for a machine that has none: started before the application when no datasource is configured, and
 * stopped after it has drained. Its data stays in {@code ./data}.
 *
 * <p>Concurrency: one per JVM. In dev mode the application, with its classes, is loaded anew at each change while the
 * server goes on, so what is shared between two of them is a system property, {@code running} or {@code stopped}. (Only
 * strings may stand there: libraries read them all.)
 */
public final class EmbeddedDatabase {
    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);
    private static final String URL = "quarkus.datasource.reactive.url";
    private static final String APPLICATION = "dev.tidings.embedded.application";
    private static final String RUNNING = "running";
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /**
     * False in the native executable, and known while that is built: what starts the server is not even looked at, so that
     * neither the library nor PostgreSQL's binaries need be there.
     */
    private static final boolean INCLUDED = System.getProperty("org.graalvm.nativeimage.imagecode") == null;

    private EmbeddedDatabase() {}

    /** Whether this build of Tidings has it. */
    public static boolean isIncluded() {
        return INCLUDED;
    }

    /** Starts it, unless {@code quarkus.datasource.reactive.url} is set somewhere, and sets that property. */
    public static void startUnlessConfigured(Config config) {
        if (System.getProperty(APPLICATION) != null) {
            System.setProperty(APPLICATION, RUNNING);
            return;
        }
        if (!INCLUDED) {
            return;
        }
        if (config.getOptionalValue(URL, String.class)
                .filter(url -> !url.isBlank())
                .isPresent()) {
            LOG.infof("The configured PostgreSQL is used");
            return;
        }
        String data = config.getOptionalValue("tidings.embedded.data-directory", String.class)
                .orElse("data");
        start(Path.of(data).toAbsolutePath().normalize());
    }

    private static void start(Path data) {
        FileLock lock = lock(data);
        var cluster = new Cluster(data, Binaries.unpack(data));
        int port = cluster.start();
        System.setProperty(URL, "postgresql://127.0.0.1:" + port + "/postgres");
        System.setProperty("quarkus.datasource.username", Cluster.USER);
        System.setProperty("quarkus.datasource.password", cluster.password());
        LOG.infof(
                "No datasource is configured: the embedded PostgreSQL runs on 127.0.0.1:%d, its data is in %s",
                port, data);
        System.setProperty(APPLICATION, RUNNING);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stopAfterApplication(cluster, lock), "embedded-postgresql-stop"));
    }

    /** The JVM ends, and runs its hooks side by side: what the application still settles must find its database. */
    private static void stopAfterApplication(Cluster cluster, FileLock lock) {
        long patience = System.nanoTime() + LONGEST_DRAIN.toNanos();
        while (RUNNING.equals(System.getProperty(APPLICATION)) && System.nanoTime() < patience) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        cluster.stop();
        try {
            lock.release();
        } catch (IOException e) {
            LOG.debug("the lock ends with the process", e);
        }
    }

    /** To be called when the application has stopped, however far its start had come. */
    public static void applicationStopped() {
        System.setProperty(APPLICATION, "stopped");
    }

    private static FileLock lock(Path data) {
        try {
            Files.createDirectories(data);
            var channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            throw inUse(data);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data directory " + data + " can't be written: " + e.getMessage()
                    + ". Start Tidings where it may write, or set tidings.embedded.data-directory.");
        }
        throw inUse(data);
    }

    private static EmbeddedDatabaseException inUse(Path data) {
        return new EmbeddedDatabaseException("Another Tidings uses the data directory " + data
                + ". Stop it, or set tidings.embedded.data-directory to another one.");
    }
}
