package dev.tidings.queue;

import java.util.UUID;

/**
 * Room in memory for a webhook's deliveries.
 *
 * @param retries whether for retries, or for first attempts
 * @param places how many, at least 1
 */
public record Room(UUID webhookId, boolean retries, int places) {}
