package dev.tidings.queue;

import java.util.List;

/** A page of the delivery log, newest first; {@code more} tells whether older ones that match follow. */
public record LogPage(List<LoggedDelivery> items, boolean more) {
    public LogPage {
        items = List.copyOf(items);
    }

    /** The page of up to {@code limit} rows, when one row more was asked for to see whether there is one. */
    static LogPage of(List<LoggedDelivery> oneMore, int limit) {
        return oneMore.size() > limit ? new LogPage(oneMore.subList(0, limit), true) : new LogPage(oneMore, false);
    }
}
