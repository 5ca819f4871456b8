package dev.tidings.web;

import java.util.UUID;
import java.util.function.Supplier;

/** The id in a path. */
public final class PathId {
    private PathId() {}

    /** What is no UUID is the id of nothing: fails with {@code unknown}, as an id does that nothing has. */
    public static UUID of(String word, Supplier<ProblemException> unknown) {
        try {
            return UUID.fromString(word);
        } catch (IllegalArgumentException e) {
            throw unknown.get();
        }
    }
}
