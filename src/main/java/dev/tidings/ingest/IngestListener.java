package dev.tidings.ingest;

import java.time.Duration;

/** Hears of every ingest request that was answered; for metrics. Called on an event loop: be quick. */
public interface IngestListener {

    /** What became of a request's events, and how long it took from the request's decoding to the commit. */
    void answered(Counts counts, Duration took);

    /** How many of a request's events were taken, were there already, were recorded only, were not valid. */
    record Counts(int accepted, int duplicates, int skipped, int rejected) {}
}
