package dev.tidings;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rim of the house: where the product meets Quarkus, Vert.x, JAX-RS and Hibernate. Not counted: injection and the
 * application's start and stop, configuration, annotations of OpenAPI, validation, Jackson and the native build, Mutiny,
 * the logger.
 */
final class Rim {

    /** Classes with these endings may use any of them. */
    private static final Pattern ENDINGS = Pattern.compile(".*("
            // Habit 14 of the house's style.
            + "Resource|Store|Queue|Sender|Config|Loop|Metrics|Health"
            // A cache keeps rows of the database in memory, and reads them itself.
            + "|Cache"
            // A minter makes tokens with SmallRye JWT, off the event loop.
            + "|Minter"
            // A guard resolves names, and answers addresses for the Vert.x client.
            + "|Guard)");

    /** Whoever else meets them, what for, and why. */
    private static final List<Leave> LEAVES = List.of(
            new Leave("web\\..*", "jakarta.ws.rs", "HTTP's manners are about HTTP"),
            new Leave("web\\..*", "io.vertx", "some errors are answered before JAX-RS is reached"),
            new Leave("web\\..*", "io.quarkus", "tokens and limits are the server's"),
            new Leave("console\\..*Query", "jakarta.ws.rs.QueryParam", "its parts are named where they are read"),
            new Leave("notice\\..*", "io.vertx", "LISTEN has a connection of its own"),
            new Leave(
                    ".*\\.SafeContext",
                    "io.quarkus.vertx",
                    "Hibernate Reactive asks for a context that is marked safe"),
            new Leave(".*\\.SafeContext", "io.vertx.core", "and that context is Vert.x'"),
            new Leave("webhook\\.Webhook", "jakarta.persistence", "an entity"),
            new Leave("webhook\\.Webhook", "io.quarkus.hibernate", "an entity"),
            new Leave("webhook\\..*Converter", "jakarta.persistence", "how an entity's column is written"),
            new Leave("campaign\\.Campaign", "jakarta.persistence", "an entity"),
            new Leave("campaign\\.Campaign", "io.quarkus.hibernate", "an entity"),
            new Leave("queue\\..*", "io.vertx.mutiny.sqlclient", "all SQL of deliveries is here"),
            new Leave("queue\\..*", "io.vertx.core.buffer", "how that client hands over bytes"),
            new Leave("queue\\.Connections", "io.quarkus.reactive.pg", "makes that client"),
            new Leave("queue\\.Connections", "io.vertx", "makes that client"),
            new Leave("egress\\..*", "io.vertx", "one HTTPS POST, made with the Vert.x client"),
            new Leave("telemetry\\.AddressFilter", "io.quarkus.logging", "how the log finds its filters"),
            new Leave("upkeep\\..*", "io.quarkus.scheduler", "chores have their own clock"),
            new Leave("Drain|Migrate", "io.quarkus.runtime.QuarkusApplication", "what runs for a command"),
            new Leave("Tidings", "io.quarkus", "the main class"));

    private record Leave(Pattern who, String what, String why) {
        Leave(String who, String what, String why) {
            this(Pattern.compile(who), what, why);
        }

        boolean covers(Dependency dependency) {
            String name = outermost(dependency.getOriginClass()).getName().substring("dev.tidings.".length());
            return dependency.getTargetClass().getName().startsWith(what)
                    && who.matcher(name).matches();
        }
    }

    private Rim() {}

    /** Whether that dependency is one on a framework, from a class that has no business with it. */
    static boolean isBrokenBy(Dependency dependency) {
        return isFramework(dependency.getTargetClass())
                && !ENDINGS.matcher(outermost(dependency.getOriginClass()).getSimpleName())
                        .matches()
                && LEAVES.stream().noneMatch(leave -> leave.covers(dependency));
    }

    private static boolean isFramework(JavaClass type) {
        String name = type.getName();
        return Stream.of("io.quarkus.", "io.vertx.", "jakarta.ws.rs.", "org.hibernate.", "jakarta.persistence.")
                        .anyMatch(name::startsWith)
                && Stream.of(
                                "io.quarkus.arc.",
                                "io.quarkus.runtime.StartupEvent",
                                "io.quarkus.runtime.ShutdownEvent",
                                "io.quarkus.runtime.annotations.RegisterForReflection")
                        .noneMatch(name::startsWith);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Rim::outermost).orElse(type);
    }
}
