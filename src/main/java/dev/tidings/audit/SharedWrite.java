package dev.tidings.audit;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who write at once share a statement, and so a commit: a lone one goes at once, and what comes while a
 * statement runs makes up the next.
 *
 * <p>Concurrency: any thread. {@code waiting} and {@code running} are guarded by {@code this}, and nothing is called while
 * it is held.
 */
final class SharedWrite<T> {
    private record Waiting<T>(T item, UniEmitter<? super Void> caller) {}

    private final Function<List<T>, Uni<Void>> statement;
    private List<Waiting<T>> waiting = new ArrayList<>();
    private boolean running;

    SharedWrite(Function<List<T>, Uni<Void>> statement) {
        this.statement = statement;
    }

    /** Completes when the item is committed, or fails as its statement failed. */
    Uni<Void> add(T item) {
        return Uni.createFrom().emitter(caller -> {
            synchronized (this) {
                waiting.add(new Waiting<>(item, caller));
            }
            runNext();
        });
    }

    private void runNext() {
        List<Waiting<T>> batch;
        synchronized (this) {
            if (running || waiting.isEmpty()) {
                return;
            }
            batch = waiting;
            waiting = new ArrayList<>();
            running = true;
        }
        Uni.createFrom()
                .deferred(
                        () -> statement.apply(batch.stream().map(Waiting::item).toList()))
                .subscribe()
                .with(done -> ended(batch, null), failure -> ended(batch, failure));
    }

    private void ended(List<Waiting<T>> batch, @Nullable Throwable failure) {
        synchronized (this) {
            running = false;
        }
        runNext();
        for (Waiting<T> one : batch) {
            if (failure == null) {
                one.caller.complete(null);
            } else {
                one.caller.fail(failure);
            }
        }
    }
}
