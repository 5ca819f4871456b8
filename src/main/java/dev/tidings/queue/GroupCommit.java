package dev.tidings.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Lets concurrent callers share one statement, and so one commit.
 *
 * <p>An item that comes alone goes at once. While all places for statements are taken, items gather, and the next statement
 * takes them together: under load batches grow by themselves until they are full. Below that, {@link Gather} says whether an
 * item waits a moment for others: fewer statements for the same work.
 *
 * <p>Concurrency: {@code waiting}, {@code running} and {@code gathering} are guarded by {@code this}, and nothing is called while it is
 * held; callers come from any event loop, results arrive on the database client's.
 *
 * @param <T> what is written
 * @param <R> what the caller gets for it
 */
final class GroupCommit<T, R> {
    /** Runs one statement for a batch; answers one result per item, in the same order. */
    interface Statement<T, R> extends Function<List<T>, Uni<List<R>>> {}

    /**
     * @param batchWeight a batch takes items until it weighs this much; a heavier item goes alone
     * @param concurrentStatements how many run at once
     * @param weigh an item's weight, at least 1
     * @param poisoned whether a failure is one item's fault: then every item of the batch is tried alone, so that a
     *     good one never fails for a bad neighbour
     */
    record Rules<T>(int batchWeight, int concurrentStatements, ToIntFunction<T> weigh, Predicate<Throwable> poisoned) {}

    /** Runs that, in so many milliseconds. */
    interface Timer {
        void after(long millis, Runnable task);
    }

    /** Calls back when what came first has gathered others for long enough. */
    interface Gather {
        /** Nobody waits for others. */
        Gather NOT = Runnable::run;

        /** Everybody waits that long, where nobody waits for the answer. */
        static Gather always(Timer timer, Duration wait) {
            return go -> timer.after(Math.max(1, wait.toMillis()), go);
        }

        /** Who comes within that time after others waits for the rest of it; a lone caller waits for nobody. */
        static Gather whenBusy(Timer timer, Duration wait, LongSupplier nanoTime) {
            var lastNanos = new AtomicLong(nanoTime.getAsLong() - wait.toNanos());
            return go -> {
                long now = nanoTime.getAsLong();
                long rest = lastNanos.get() + wait.toNanos() - now;
                lastNanos.set(now + Math.max(0, rest));
                if (rest <= 0) {
                    go.run();
                } else {
                    timer.after(1 + rest / 1_000_000, go);
                }
            };
        }

        void then(Runnable go);
    }

    private record Waiting<T, R>(T item, UniEmitter<? super R> caller) {}

    private final Rules<T> rules;
    private final Gather gather;
    private final Statement<T, R> statement;
    private final ArrayDeque<Waiting<T, R>> waiting = new ArrayDeque<>();
    private int waitingWeight;
    private int running;
    /** Somebody will be called back. */
    private boolean gathering;

    GroupCommit(Rules<T> rules, Gather gather, Statement<T, R> statement) {
        this.rules = rules;
        this.gather = gather;
        this.statement = statement;
    }

    /** Answers when the item is committed, or fails as its statement failed. */
    Uni<R> add(T item) {
        return Uni.createFrom().emitter(caller -> {
            boolean full;
            boolean first;
            synchronized (this) {
                waiting.add(new Waiting<>(item, caller));
                waitingWeight += rules.weigh.applyAsInt(item);
                full = waitingWeight >= rules.batchWeight;
                first = !full && !gathering;
                gathering |= first;
            }
            if (full) {
                runNext();
            } else if (first) {
                gather.then(this::gathered);
            }
        });
    }

    private void gathered() {
        synchronized (this) {
            gathering = false;
        }
        runNext();
    }

    /** What waits for a statement, by weight. */
    synchronized int waitingWeight() {
        return waitingWeight;
    }

    private void runNext() {
        List<Waiting<T, R>> batch = takeBatch();
        if (!batch.isEmpty()) {
            run(batch).subscribe().with(done -> statementEnded(), failure -> statementEnded());
        }
    }

    private void statementEnded() {
        boolean overdue;
        synchronized (this) {
            running--;
            overdue = !gathering;
        }
        if (overdue) {
            runNext();
        }
    }

    private synchronized List<Waiting<T, R>> takeBatch() {
        List<Waiting<T, R>> batch = new ArrayList<>();
        if (running == rules.concurrentStatements) {
            return batch;
        }
        int weight = 0;
        for (var next = waiting.peek(); next != null; next = waiting.peek()) {
            int more = rules.weigh.applyAsInt(next.item);
            if (!batch.isEmpty() && weight + more > rules.batchWeight) {
                break;
            }
            batch.add(waiting.remove());
            weight += more;
        }
        waitingWeight -= weight;
        running += batch.isEmpty() ? 0 : 1;
        return batch;
    }

    private Uni<List<R>> run(List<Waiting<T, R>> batch) {
        return Uni.createFrom()
                .deferred(
                        () -> statement.apply(batch.stream().map(Waiting::item).toList()))
                .onItem()
                .invoke(results -> complete(batch, results))
                .onFailure()
                .call(failure -> fail(batch, failure));
    }

    private static <T, R> void complete(List<Waiting<T, R>> batch, List<R> results) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).caller.complete(results.get(i));
        }
    }

    private Uni<?> fail(List<Waiting<T, R>> batch, Throwable failure) {
        if (batch.size() == 1 || !rules.poisoned.test(failure)) {
            batch.forEach(one -> one.caller.fail(failure));
            return Uni.createFrom().nullItem();
        }
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(
                        one -> run(List.of(one)).onFailure().recoverWithNull())
                .collect()
                .last();
    }
}
