package dev.tidings.queue;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which wires this node has written today, so that an attempt over a known one costs nothing but its eight bytes.
 *
 * <p>Bounded, whatever receivers answer: a webhook that has had {@value #MOST_OF_ONE} wires in a day has its further
 * attempts kept without one, and a node that has met very many begins anew.
 *
 * <p>Concurrency: any thread. Two that meet a new wire at once write it twice, which is the same as once.
 */
final class Wires {
    static final int MOST_OF_ONE = 50;
    private static final int MOST = 20_000;

    /** Writes wires that are new, or of an earlier day. */
    interface Writer {
        Uni<Void> write(Map<Long, KeptWire> fresh, LocalDate usedOn);
    }

    private record Day(LocalDate date, Map<KeptWire, Long> ids, Map<UUID, Integer> counts) {
        static Day begin(LocalDate date) {
            return new Day(date, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private final Writer writer;
    private volatile Day day = Day.begin(LocalDate.EPOCH);

    Wires(Writer writer) {
        this.writer = writer;
    }

    /** Each settlement's wire, in their order; {@code null}: none is kept. New ones are written before it answers. */
    Uni<List<@Nullable Long>> of(List<Settlement> settlements) {
        Day today = today(settlements);
        Map<Long, KeptWire> fresh = new ConcurrentHashMap<>();
        @Nullable
        Long[] ids = settlements.stream()
                .map(settlement -> id(today, KeptWire.of(settlement), fresh))
                .toArray(Long[]::new);
        List<@Nullable Long> found = Arrays.asList(ids);
        if (fresh.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        return writer.write(fresh, today.date)
                .onItem()
                .invoke(() -> fresh.forEach((id, wire) -> learn(today, wire, id)))
                .onItemOrFailure()
                .transform((done, failure) -> failure == null ? found : without(found, fresh));
    }

    private Day today(List<Settlement> settlements) {
        LocalDate date =
                settlements.getLast().startedAt().atOffset(ZoneOffset.UTC).toLocalDate();
        Day known = day;
        if (date.isAfter(known.date) || known.ids.size() >= MOST) {
            known = Day.begin(date.isAfter(known.date) ? date : known.date);
            day = known;
        }
        return known;
    }

    private static @Nullable Long id(Day today, KeptWire wire, Map<Long, KeptWire> fresh) {
        Long known = today.ids.get(wire);
        if (known != null) {
            return known;
        }
        if (today.counts.getOrDefault(wire.webhookId(), 0) >= MOST_OF_ONE) {
            return null;
        }
        long id = wire.id();
        fresh.put(id, wire);
        return id;
    }

    private static void learn(Day today, KeptWire wire, Long id) {
        if (today.ids.put(wire, id) == null) {
            today.counts.merge(wire.webhookId(), 1, Integer::sum);
        }
    }

    /** The attempts matter more than how they went: what could not be written is not named. */
    private static List<@Nullable Long> without(List<@Nullable Long> ids, Map<Long, KeptWire> unwritten) {
        List<@Nullable Long> left = new ArrayList<>(ids);
        left.replaceAll(id -> id != null && unwritten.containsKey(id) ? null : id);
        return left;
    }
}
