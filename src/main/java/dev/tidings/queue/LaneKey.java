package dev.tidings.queue;

import java.util.UUID;

/** A webhook's first attempts, or its retries. */
public record LaneKey(UUID webhookId, boolean retries) {}
