package dev.tidings.queue;

import java.time.Duration;

/**
 * What is unfinished.
 *
 * @param waiting how many deliveries; counted up to a hundred thousand
 * @param oldestDue for how long the longest waiting one is due; zero when none is
 */
public record Depth(long waiting, Duration oldestDue) {}
