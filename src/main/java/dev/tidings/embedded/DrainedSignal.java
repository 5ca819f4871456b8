package dev.tidings.embedded;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/** The last of all who hear of the end: then nobody needs the database any more. */
@ApplicationScoped
class DrainedSignal {
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 1_000) ShutdownEvent event) {
        EmbeddedDatabase.applicationStopped();
    }
}
