package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Answered;
import io.smallrye.faulttolerance.api.AsynchronousNonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * What holds for every attempt: it ends within its time, with its answer. The value comes from
 * {@code tidings.egress.attempt-timeout-millis} (application.properties hands it to the annotation).
 */
@Singleton
class Exchange {

    @Timeout
    @AsynchronousNonBlocking
    Uni<Answered> run(Supplier<Uni<Answered>> attempt) {
        return attempt.get();
    }
}
