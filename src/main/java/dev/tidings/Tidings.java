package dev.tidings;

import dev.tidings.embedded.EmbeddedDatabase;
import dev.tidings.embedded.EmbeddedDatabaseException;
import dev.tidings.telemetry.LastLine;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import org.eclipse.microprofile.config.Config;

/** Starts Tidings: its configuration is looked at first, then a database is there, then the {@link Command} begins. */
@QuarkusMain
public final class Tidings {
    private static final int REFUSED = 2;

    private Tidings() {}

    /** Runs until its work is done, or it is told to end; exits with 2 when the configuration does not allow a start. */
    public static void main(String... args) {
        nameLaunchMode();
        try {
            Command command = Command.of(args);
            command.configure();
            prepare(command);
            tellWhenStopped();
            run(command, args);
        } catch (StartupCheck.Refused | EmbeddedDatabaseException e) {
            // The log is not set up yet, and would keep this to itself.
            System.err.println("Tidings does not start. " + e.getMessage());
            System.exit(REFUSED);
        }
    }

    private static void prepare(Command command) {
        // Read here: in the native executable, the one that is there already is as old as the executable.
        Config config = ConfigUtils.configBuilder().build();
        if (command.serves()) {
            StartupCheck.requireTokenVerification(config, LaunchMode.current().isDev());
        }
        StartupCheck.recordTraces(config);
        StartupCheck.requireDatasource(config);
        StartupCheck.requireSecretsKey(config);
        EmbeddedDatabase.startUnlessConfigured(config);
    }

    private static void run(Command command, String... args) {
        switch (command) {
            case SERVE -> Quarkus.run(args);
            case DRAIN -> Quarkus.run(Drain.class, args);
            case MIGRATE -> Quarkus.run(Migrate.class, args);
        }
    }

    /**
     * Under {@code quarkus:dev} the main class runs before Quarkus says that this is development: the configuration would
     * be read with the prod profile, and what stands there as {@code %dev.…} would not count. Only its class loader, which
     * is not on the class path of the product, tells.
     */
    private static void nameLaunchMode() {
        String loader = Tidings.class.getClassLoader().getClass().getSimpleName();
        if (loader.equals("QuarkusClassLoader") && LaunchMode.current() == LaunchMode.NORMAL) {
            LaunchMode.set(LaunchMode.DEVELOPMENT);
        }
    }

    /**
     * The exit handler hears of every end: the usual one, and that of a start that failed before any bean was there. The
     * handler that it wraps calls {@code System.exit}, and may so block for ever while the JVM is ending: it comes last.
     */
    private static void tellWhenStopped() {
        var standard = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, cause) -> {
            EmbeddedDatabase.applicationStopped();
            if (cause != null) {
                LastLine.write("Tidings ends with status %d. %s".formatted(code, LastLine.reason(cause)));
            }
            standard.accept(code, cause);
        });
    }
}
