package dev.tidings.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RefresherTest {
    private static final CampaignKey ONE = new CampaignKey("org", "prod", "c-1");
    private static final CampaignKey TWO = new CampaignKey("org", "prod", "c-2");

    /** What was read; an empty set stands for all. */
    private final List<Set<CampaignKey>> begun = new ArrayList<>();

    private final List<CompletableFuture<Void>> readings = new ArrayList<>();
    private final Refresher refresher = new Refresher(new Refresher.Source() {
        @Override
        public Uni<Void> some(Set<CampaignKey> keys) {
            return begin(Set.copyOf(keys));
        }

        @Override
        public Uni<Void> all() {
            return begin(Set.of());
        }
    });

    @Test
    void readsAtOnceWhatIsAskedForFirst() {
        CompletableFuture<Void> asked = ask(refresher.refresh(ONE));

        assertThat(begun).containsExactly(Set.of(ONE));
        assertThat(asked).isNotDone();
        readings.getFirst().complete(null);
        assertThat(asked).isCompleted();
    }

    /** The reading on the way may have begun before the change: its result would not do. */
    @Test
    void whatIsAskedForMeanwhileIsReadAfterwardsTogether() {
        start(refresher.refresh(ONE));
        CompletableFuture<Void> again = ask(refresher.refresh(ONE));
        CompletableFuture<Void> other = ask(refresher.refresh(TWO));
        assertThat(begun).hasSize(1);

        readings.getFirst().complete(null);

        assertThat(begun).containsExactly(Set.of(ONE), Set.of(ONE, TWO));
        assertThat(again).isNotDone();
        readings.getLast().complete(null);
        assertThat(again).isCompleted();
        assertThat(other).isCompleted();
    }

    @Test
    void allIncludesEach() {
        start(refresher.refresh(ONE));
        start(refresher.refresh(TWO));
        start(refresher.refreshAll());

        readings.getFirst().complete(null);

        assertThat(begun).containsExactly(Set.of(ONE), Set.of());
    }

    @Test
    void aReadingThatFailsFailsForThoseWhoAskedAndForNobodyElse() {
        CompletableFuture<Void> unlucky = ask(refresher.refresh(ONE));
        CompletableFuture<Void> next = ask(refresher.refresh(ONE));

        readings.getFirst().completeExceptionally(new IllegalStateException("no database"));
        readings.getLast().complete(null);

        assertThat(unlucky).isCompletedExceptionally();
        assertThat(next).isCompleted();
    }

    @Test
    void oneWhoNoLongerWaitsDoesNotEndTheOthersWaiting() {
        start(refresher.refresh(ONE));
        CompletableFuture<Void> patient = ask(refresher.refresh(TWO));
        refresher.refresh(TWO).subscribe().with(done -> {}).cancel();

        readings.getFirst().complete(null);
        assertThat(patient).isNotDone();
        readings.getLast().complete(null);

        assertThat(patient).isCompletedWithValue(null);
    }

    private Uni<Void> begin(Set<CampaignKey> keys) {
        begun.add(keys);
        readings.add(new CompletableFuture<>());
        return Uni.createFrom().completionStage(readings.getLast());
    }

    /** For those whose end is of no interest. */
    private static void start(Uni<Void> refresh) {
        refresh.subscribe().with(done -> {}, failure -> {});
    }

    private static CompletableFuture<Void> ask(Uni<Void> refresh) {
        return refresh.subscribeAsCompletionStage();
    }
}
