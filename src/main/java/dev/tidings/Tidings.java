package dev.tidings;

import dev.tidings.embedded.EmbeddedDatabase;
import dev.tidings.embedded.EmbeddedDatabaseException;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts Tidings: its configuration is looked at first, then a database is there, then everything else begins. */
@QuarkusMain
public final class Tidings {
    private static final int REFUSED = 2;

    private Tidings() {}

    /** Runs until the process is told to end; exits with 2 when the configuration does not allow a start. */
    public static void main(String... args) {
        try {
            StartupCheck.requireTokenVerification();
            EmbeddedDatabase.startUnlessConfigured();
        } catch (StartupCheck.Refused | EmbeddedDatabaseException e) {
            // The log is not set up yet, and would keep this to itself.
            System.err.println("Tidings does not start. " + e.getMessage());
            System.exit(REFUSED);
        }
        tellWhenStopped();
        Quarkus.run(args);
    }

    /**
     * The exit handler hears of every end: the usual one, and that of a start that failed before any bean was there. The
     * handler that it wraps calls {@code System.exit}, and may so block for ever while the JVM is ending: it comes last.
     */
    private static void tellWhenStopped() {
        var standard = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, cause) -> {
            EmbeddedDatabase.applicationStopped();
            standard.accept(code, cause);
        });
    }
}
