package dev.tidings.upkeep;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.nativeimage.RuntimeOptions;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;
import org.jboss.logging.Logger;

/**
 * Gives back what the executable does not need any more, after its start or a burst: most of what it then occupies is code that
 * ran once, and objects that nothing refers to. The JVM does so by itself.
 */
@ApplicationScoped
class Footprint {
    private static final Logger LOG = Logger.getLogger(Footprint.class);
    private static final Path SELF = Path.of("/proc/self");
    /** {@code MADV_DONTNEED} of <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2)</a>. */
    private static final int DONT_NEED = 4;
    /** Bytes that a collection leaves with the heap for what comes next; without it as many as the young generation has. */
    private static final String KEPT = "MaxHeapFree";

    private static final long NO_MORE = 1;
    private static final long AS_USUAL = 0;

    private long collections;

    /** The first time when the other chores have run once. */
    @Scheduled(every = "2m", delayed = "5s")
    void giveBack() {
        if ("runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            giveBackObjects();
            giveBackCode();
        }
    }

    /** When there was no collection since the last time, so little happens that one costs nobody anything. */
    private void giveBackObjects() {
        if (collections() == collections) {
            RuntimeOptions.set(KEPT, NO_MORE);
            System.gc();
            RuntimeOptions.set(KEPT, AS_USUAL);
        }
        collections = collections();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** What is needed again is read again, as a rule from the kernel's cache of the file: in microseconds. */
    private static void giveBackCode() {
        long kilobytes = 0;
        try {
            String executable = SELF.resolve("exe").toRealPath().toString();
            for (Mapping mapping : Mapping.of(Files.readAllLines(SELF.resolve("smaps")))) {
                if (mapping.repeats(executable) && forget(mapping)) {
                    kilobytes += mapping.resident();
                }
            }
            LOG.debugf("Gave back %d kB of the executable; what is needed of them is read again", kilobytes);
        } catch (IOException failure) {
            LOG.debugf("Nothing of the executable is given back: %s", failure);
        }
    }

    private static boolean forget(Mapping mapping) {
        return Library.madvise(WordFactory.unsigned(mapping.start()), WordFactory.unsigned(mapping.bytes()), DONT_NEED)
                == 0;
    }

    /** The C library's; apart, since the JVM has no such types. */
    private static final class Library {
        @CFunction
        static native int madvise(UnsignedWord start, UnsignedWord bytes, int advice);
    }
}
