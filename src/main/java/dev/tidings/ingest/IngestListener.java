package dev.tidings.ingest;

import dev.tidings.feedback.TraceParent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of every ingest request that was answered; for metrics. Called on an event loop: be quick. */
public interface IngestListener {

    /**
     * What became of a request's events, and how long it took from the request's decoding to the commit.
     *
     * @param trace its place in a trace; {@code null}: it is in none
     */
    void answered(Counts counts, Duration took, @Nullable TraceParent trace);

    /** How many of a request's events were taken, were there already, were recorded only, were not valid. */
    record Counts(int accepted, int duplicates, int skipped, int rejected) {}
}
