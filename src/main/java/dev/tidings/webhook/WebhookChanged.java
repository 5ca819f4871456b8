package dev.tidings.webhook;

import java.util.UUID;

/** A CDI event: on this node the cache now shows another state of that webhook (or none: it was deleted). */
public record WebhookChanged(UUID webhookId) {}
