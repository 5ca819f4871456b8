package dev.tidings.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.queue.GroupCommit.Gather;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<UniEmitter<? super List<String>>> open = new ArrayList<>();

    private final List<Runnable> gathering = new ArrayList<>();

    private GroupCommit<Integer, String> group(int weight, int concurrent) {
        return group(weight, concurrent, Gather.NOT);
    }

    private GroupCommit<Integer, String> group(int weight, int concurrent, Gather gather) {
        return new GroupCommit<>(
                new GroupCommit.Rules<>(weight, concurrent, item -> 1, e -> e instanceof IllegalArgumentException),
                gather,
                batch -> {
                    batches.add(batch);
                    return Uni.createFrom().emitter(open::add);
                });
    }

    private static <T> UniAssertSubscriber<T> on(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void commit(int statement) {
        open.get(statement)
                .complete(batches.get(statement).stream().map(i -> "done " + i).toList());
    }

    @Test
    void aLoneCallerWaitsForNobody() {
        var caller = on(group(256, 1).add(7));

        assertThat(batches).containsExactly(List.of(7));
        caller.assertNotTerminated();
        commit(0);
        caller.assertItem("done 7");
    }

    @Test
    void whatArrivesMeanwhileSharesTheNextStatement() {
        var group = group(256, 1);
        on(group.add(1));
        var second = on(group.add(2));
        var third = on(group.add(3));
        assertThat(group.waitingWeight()).isEqualTo(2);

        commit(0);
        commit(1);

        assertThat(batches).containsExactly(List.of(1), List.of(2, 3));
        second.assertItem("done 2");
        third.assertItem("done 3");
        assertThat(group.waitingWeight()).isZero();
    }

    @Test
    void aBatchIsNoHeavierThanAllowed() {
        var group = group(2, 1);
        for (int i = 0; i < 4; i++) {
            on(group.add(i));
        }

        commit(0);
        commit(1);

        assertThat(batches).containsExactly(List.of(0), List.of(1, 2), List.of(3));
    }

    @Test
    void onlySoManyStatementsRunAtOnce() {
        var group = group(1, 2);
        for (int i = 0; i < 5; i++) {
            on(group.add(i));
        }

        assertThat(batches).hasSize(2);
    }

    @Test
    void aLostConnectionFailsTheBatchAndTheNextOneGoesOn() {
        var group = group(256, 1);
        var first = on(group.add(1));
        var second = on(group.add(2));

        open.get(0).fail(new IllegalStateException("connection lost"));

        first.assertFailedWith(IllegalStateException.class, "connection lost");
        assertThat(batches).containsExactly(List.of(1), List.of(2));
        commit(1);
        second.assertItem("done 2");
    }

    @Test
    void aGoodItemNeverFailsForABadNeighbour() {
        var group = group(256, 1);
        on(group.add(0));
        var good = on(group.add(1));
        var bad = on(group.add(2));
        var alsoGood = on(group.add(3));
        commit(0);

        open.get(1).fail(new IllegalArgumentException("one of them"));
        commit(2);
        open.get(3).fail(new IllegalArgumentException("this one"));
        commit(4);

        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(1), List.of(2), List.of(3));
        good.assertItem("done 1");
        bad.assertFailedWith(IllegalArgumentException.class, "this one");
        alsoGood.assertItem("done 3");
    }

    @Test
    void whatGathersGoesTogetherWhenItsTimeHasCome() {
        var group = group(256, 1, gathering::add);
        on(group.add(1));
        on(group.add(2));
        assertThat(batches).isEmpty();
        assertThat(gathering).hasSize(1);

        gathering.getFirst().run();

        assertThat(batches).containsExactly(List.of(1, 2));
    }

    @Test
    void whoeverComesAloneWaitsForNobodyAndWhoeverFollowsWaitsALittle() {
        var nanos = new AtomicLong();
        Gather gather = Gather.whenBusy((millis, task) -> gathering.add(task), Duration.ofMillis(100), nanos::get);
        var ran = new ArrayList<String>();

        gather.then(() -> ran.add("alone"));
        gather.then(() -> ran.add("soon after"));
        assertThat(ran).containsExactly("alone");
        gathering.getFirst().run();
        assertThat(ran).containsExactly("alone", "soon after");

        nanos.set(Duration.ofMillis(200).toNanos());
        gather.then(() -> ran.add("alone again"));
        assertThat(ran).hasSize(3);
    }

    @Test
    void aFullBatchDoesNotGather() {
        var group = group(2, 1, gathering::add);
        on(group.add(1));
        on(group.add(2));

        assertThat(batches).containsExactly(List.of(1, 2));
    }

    @Test
    void whatHadItsTimeWhileAllPlacesWereTakenGoesWithTheNextFreeOne() {
        var group = group(256, 1, gathering::add);
        on(group.add(1));
        gathering.get(0).run();
        on(group.add(2));
        gathering.get(1).run();
        assertThat(batches).hasSize(1);

        commit(0);

        assertThat(batches).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void whatStillGathersIsNotHurriedByAStatementThatEnds() {
        var group = group(256, 1, gathering::add);
        on(group.add(1));
        gathering.get(0).run();
        on(group.add(2));

        commit(0);
        assertThat(batches).hasSize(1);
        gathering.get(1).run();

        assertThat(batches).containsExactly(List.of(1), List.of(2));
    }
}
