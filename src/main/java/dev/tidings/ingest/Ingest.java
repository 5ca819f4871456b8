package dev.tidings.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.feedback.Payload;
import dev.tidings.feedback.TraceParent;
import dev.tidings.ingest.Receipt.Result;
import dev.tidings.ingest.Receipt.Status;
import dev.tidings.queue.DeliveryQueue;
import dev.tidings.queue.Entry;
import dev.tidings.queue.UuidV7;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes in a request's events: each is matched, its body rendered once, and all are committed before the answer. */
@Singleton
class Ingest {
    private final Matcher matcher;
    private final DeliveryQueue queue;
    private final InstantSource clock;
    private final IngestTracer tracer;
    private final List<IngestListener> listeners;
    /** Plain JSON, whatever is configured for the API: the payload is a contract of its own. */
    private final ObjectWriter json = new ObjectMapper().writer();

    Ingest(
            Matcher matcher,
            DeliveryQueue queue,
            InstantSource clock,
            IngestTracer tracer,
            @All List<IngestListener> listeners) {
        this.matcher = matcher;
        this.queue = queue;
        this.clock = clock;
        this.tracer = tracer;
        this.listeners = listeners;
    }

    boolean isOverloaded() {
        return queue.isOverloaded();
    }

    /**
     * Answers after the commit, one result per member, in the order given.
     *
     * @param caller the place in a trace that the request names
     */
    Uni<Receipt> accept(List<Decoded> members, @Nullable TraceParent caller) {
        long begun = System.nanoTime();
        IngestTracer.Step span = tracer.begin(caller);
        TraceParent trace = span.trace();
        Instant now = clock.instant();
        List<@Nullable Entry> entries = new ArrayList<>(members.size());
        List<Entry> good = new ArrayList<>(members.size());
        for (Decoded member : members) {
            Entry entry = member instanceof Decoded.Event decoded ? entry(decoded.event(), now, trace) : null;
            entries.add(entry);
            if (entry != null) {
                good.add(entry);
            }
        }
        Uni<Set<UUID>> committed = good.isEmpty() ? Uni.createFrom().item(Set.of()) : queue.enqueue(good);
        return committed
                .map(fresh -> receipt(members, entries, fresh))
                .invoke(receipt -> listeners.forEach(listener ->
                        listener.answered(receipt.counts(), Duration.ofNanos(System.nanoTime() - begun), trace)))
                .invoke(receipt -> span.answered(receipt.counts()))
                .onFailure()
                .invoke(span::failed);
    }

    private Entry entry(FeedbackEvent event, Instant now, @Nullable TraceParent trace) {
        var matched = matcher.match(event);
        byte[] payload = render(Payload.of(event, matched.version()));
        return new Entry(UuidV7.at(now), now, event, matched.match(), payload, trace);
    }

    private byte[] render(Object payload) {
        try {
            return json.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a payload is made of plain values and JSON, which always can be written", e);
        }
    }

    private static Receipt receipt(List<Decoded> members, List<@Nullable Entry> entries, Set<UUID> fresh) {
        List<Result> results = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            Entry entry = entries.get(i);
            results.add(
                    members.get(i) instanceof Decoded.Bad bad
                            ? new Result(i, bad.eventId(), Status.rejected, bad.reason())
                            : result(i, Objects.requireNonNull(entry), fresh));
        }
        return Receipt.of(results);
    }

    private static Result result(int index, Entry entry, Set<UUID> fresh) {
        if (!fresh.contains(entry.id())) {
            return new Result(index, entry.eventId(), Status.duplicate, "An event with this eventId was taken before");
        }
        return switch (entry.match()) {
            case Entry.Match.To to -> new Result(index, entry.eventId(), Status.accepted, null);
            case Entry.Match.Skipped skipped ->
                new Result(
                        index, entry.eventId(), Status.skipped, skipped.reason().sentence());
        };
    }
}
