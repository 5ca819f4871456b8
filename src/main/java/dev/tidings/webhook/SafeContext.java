package dev.tidings.webhook;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Hibernate Reactive keeps its session in the local data of the Vert.x context, so it wants a context of its own, marked
 * as safe. Callers may run on a bare event loop; this gives one piece of work its own duplicate of it.
 */
final class SafeContext {
    private SafeContext() {}

    /** Runs things on the context that asks now. */
    static Executor here() {
        Context context = Objects.requireNonNull(Vertx.currentContext());
        return task -> context.runOnContext(there -> task.run());
    }

    /** Runs that work on a fresh duplicate of the current context; the answer comes back on the current one. */
    static <T> Uni<T> run(Supplier<Uni<T>> work) {
        return Uni.createFrom().<T>emitter(emitter -> {
            Context own = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(Vertx.currentContext()));
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(go -> work.get().subscribe().with(emitter::complete, emitter::fail));
        });
    }
}
