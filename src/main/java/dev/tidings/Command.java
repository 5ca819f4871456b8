package dev.tidings;

import java.util.Map;

/** What the process is started for: its first argument. */
enum Command {
    /** Without an argument: the API and the deliveries, until it is told to end. */
    SERVE,
    /** {@code drain}: delivers what is due and ends. It listens nowhere, so it runs beside a node on the same machine. */
    DRAIN,
    /** {@code migrate}: brings the schema up to date and ends; it delivers nothing and does no chores. */
    MIGRATE;

    /** Its last line says how it ended, so no line is left to a thread that ends with the process. */
    private static final Map<String, String> ENDS_BY_ITSELF = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            "quarkus.log.console.async.enabled", "false");

    private static final Map<String, String> ONLY_MIGRATES = Map.of(
            "quarkus.flyway.migrate-at-start", "true",
            "quarkus.scheduler.enabled", "false",
            "tidings.dispatch.enabled", "false");

    /** What those arguments ask for. */
    static Command of(String... arguments) {
        String word = arguments.length == 0 ? "" : arguments[0];
        return switch (word) {
            case "" -> SERVE;
            case "drain" -> DRAIN;
            case "migrate" -> MIGRATE;
            default ->
                throw new StartupCheck.Refused("It does not know the command \"" + word
                        + "\". Without one it serves; drain delivers what is due and ends; migrate brings the schema up to"
                        + " date and ends. Settings are given as environment variables or with -D.");
        };
    }

    /** Whether it answers requests, which tokens guard. */
    boolean serves() {
        return this == SERVE;
    }

    /** Configures the application for it, before that reads its configuration. */
    void configure() {
        if (!serves()) {
            ENDS_BY_ITSELF.forEach(System::setProperty);
        }
        if (this == MIGRATE) {
            ONLY_MIGRATES.forEach(System::setProperty);
        }
    }
}
