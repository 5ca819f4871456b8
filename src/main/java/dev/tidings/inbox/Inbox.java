package dev.tidings.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last requests, in memory; bounded in number and in bytes.
 *
 * <p>Concurrency: requests come from every event loop. One lock around a few steps in memory is enough for a toy.
 */
@ApplicationScoped
class Inbox {
    private final int maxRequests;
    private final int maxBytes;
    private final Deque<Received> newestFirst = new ArrayDeque<>();
    private long bytes;

    @Inject
    Inbox(InboxConfig config) {
        this(config.maxRequests(), config.maxBytes());
    }

    Inbox(int maxRequests, int maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    synchronized void add(Received received) {
        newestFirst.addFirst(received);
        bytes += received.body().length;
        while (newestFirst.size() > maxRequests || bytes > maxBytes) {
            bytes -= newestFirst.removeLast().body().length;
        }
    }

    synchronized List<Received> newestFirst() {
        return new ArrayList<>(newestFirst);
    }

    synchronized void clear() {
        newestFirst.clear();
        bytes = 0;
    }
}
