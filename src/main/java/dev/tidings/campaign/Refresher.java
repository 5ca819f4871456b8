package dev.tidings.campaign;

import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs one reading at a time. What is asked for while one runs waits for the next, which takes all that came together:
 * so a reading always begins after the change that it is to show was committed, and an older one never overwrites it.
 *
 * <p>Concurrency: any thread asks; {@code waiting} and {@code isReading} are held by this object's lock, which is never
 * held while a reading is started or its end is told.
 */
final class Refresher {

    /** Where the truth is read. */
    interface Source {
        Uni<Void> some(Set<CampaignKey> keys);

        Uni<Void> all();
    }

    private static final class Batch {
        final Set<CampaignKey> keys = new HashSet<>();
        final CompletableFuture<Void> done = new CompletableFuture<>();
        boolean isAll;
    }

    private final Source source;
    private @Nullable Batch waiting;
    private boolean isReading;

    Refresher(Source source) {
        this.source = source;
    }

    /** Done when that campaign was read, in a reading that began after this was subscribed to. */
    Uni<Void> refresh(CampaignKey key) {
        return Uni.createFrom().completionStage(() -> ask(key));
    }

    /** Done when all were. */
    Uni<Void> refreshAll() {
        return Uni.createFrom().completionStage(() -> ask(null));
    }

    /** A copy, since one who no longer waits must not end the others' waiting. */
    private CompletableFuture<Void> ask(@Nullable CampaignKey key) {
        CompletableFuture<Void> done = join(key).done.copy();
        next();
        return done;
    }

    private synchronized Batch join(@Nullable CampaignKey key) {
        Batch batch = waiting == null ? new Batch() : waiting;
        waiting = batch;
        if (key == null) {
            batch.isAll = true;
        } else {
            batch.keys.add(key);
        }
        return batch;
    }

    private void next() {
        Batch batch = take();
        if (batch != null) {
            Uni.createFrom()
                    .deferred(() -> batch.isAll ? source.all() : source.some(batch.keys))
                    .subscribe()
                    .with(done -> end(batch, null), failure -> end(batch, failure));
        }
    }

    private synchronized @Nullable Batch take() {
        if (isReading || waiting == null) {
            return null;
        }
        Batch batch = waiting;
        waiting = null;
        isReading = true;
        return batch;
    }

    private void end(Batch batch, @Nullable Throwable failure) {
        synchronized (this) {
            isReading = false;
        }
        next();
        if (failure == null) {
            batch.done.complete(null);
        } else {
            batch.done.completeExceptionally(failure);
        }
    }
}
