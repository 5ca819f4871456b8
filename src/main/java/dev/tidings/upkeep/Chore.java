package dev.tidings.upkeep;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** What all chores have in common: one that fails says so, and is done again at its next time. */
final class Chore {
    private Chore() {}

    /**
     * The work, which never fails.
     *
     * @param sentence for the log, before the failure's own message
     */
    static Uni<Void> done(Uni<?> work, Logger log, String sentence) {
        return work.replaceWithVoid()
                .onFailure()
                .invoke(failure -> log.warnf("%s: %s", sentence, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
