package dev.tidings.egress;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * One piece of work, done once and elsewhere, and whatever it gives for everybody who asks: at once when it is done.
 *
 * <p>Concurrency: any thread. Who stops waiting does not stop the work for the others.
 */
final class Shared<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Shared() {}

    /** Begins the work; fails for everybody with what it throws. */
    static <T> Shared<T> begin(Callable<T> work, Executor elsewhere) {
        var shared = new Shared<T>();
        elsewhere.execute(() -> shared.run(work));
        return shared;
    }

    /** Begins the work at once, where it happens. */
    static <T> Shared<T> begin(Uni<T> work) {
        var shared = new Shared<T>();
        work.subscribe().with(shared.result::complete, shared.result::completeExceptionally);
        return shared;
    }

    // Whatever the work throws belongs to those who wait: nobody else would hear of it, and they would wait for ever.
    private void run(Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    /** Emits on the thread that asks, or on the one that did the work. */
    Uni<T> uni() {
        return Uni.createFrom().emitter(emitter -> {
            // What it returns would only tell that this emitter was told.
            var _ = result.whenComplete((value, failure) -> {
                if (failure == null) {
                    emitter.complete(value);
                } else {
                    emitter.fail(failure);
                }
            });
        });
    }

    /** Whether the work is done, and gave something such. */
    boolean holds(Predicate<T> such) {
        return result.state() == Future.State.SUCCESS && such.test(result.resultNow());
    }

    boolean isUnderWay() {
        return !result.isDone();
    }

    boolean hasFailed() {
        return result.isCompletedExceptionally();
    }
}
