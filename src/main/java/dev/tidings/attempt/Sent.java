package dev.tidings.attempt;

/** One attempt, as it went: what it gave, and how. */
public record Sent(SendResult result, Trace trace) {}
