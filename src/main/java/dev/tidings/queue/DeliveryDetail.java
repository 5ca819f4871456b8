package dev.tidings.queue;

import java.util.List;

/**
 * One delivery with all that is known of it.
 *
 * @param payload the body that every attempt sends, JSON in UTF-8, to the byte
 * @param attempts in their order
 */
public record DeliveryDetail(LoggedDelivery delivery, byte[] payload, List<LoggedAttempt> attempts) {
    public DeliveryDetail {
        attempts = List.copyOf(attempts);
    }
}
