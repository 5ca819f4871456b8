package dev.tidings.queue;

import java.util.List;

/**
 * One delivery with all that is known of it.
 *
 * @param payload the body that every attempt sends, JSON in UTF-8, to the byte; empty: it is gone
 * @param attempts in their order
 */
public record DeliveryDetail(LoggedDelivery delivery, byte[] payload, List<LoggedAttempt> attempts) {
    public DeliveryDetail {
        attempts = List.copyOf(attempts);
    }

    /** Whether the payload is gone: erased, or past its retention. */
    public boolean isBare() {
        return payload.length == 0;
    }
}
