package dev.tidings.notice;

import io.smallrye.mutiny.Uni;

/** Keeps something of the database in memory. */
public interface NoticeListener {

    /** The channel whose notifications it wants to hear. */
    String channel();

    /** A change was committed, here or elsewhere. Called on an event loop, in the order of the commits. */
    void heard(String payload);

    /** Reads everything anew: at the start, after the connection was lost, and now and then for lost notices. */
    Uni<Void> reread();
}
