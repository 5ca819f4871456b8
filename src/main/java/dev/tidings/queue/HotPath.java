package dev.tidings.queue;

import java.util.List;
import java.util.UUID;

/**
 * The way from commit to attempt without a claim: whoever sends on this node takes part in enqueueing. Called from any
 * thread.
 */
public interface HotPath {

    /**
     * Keeps a place in memory for a delivery that is about to be committed.
     *
     * @return {@code false} when there is none: the delivery is then committed without a holder and claimed later
     */
    boolean reserve(UUID webhookId, int bytes);

    /** Gives a place back: nothing came of the commit, or it was a duplicate. */
    void cancel(UUID webhookId, int bytes);

    /** These are committed, leased to this node, and each has a reserved place: send them. */
    void committed(List<Delivery> deliveries);
}
