package dev.tidings.telemetry;

import dev.tidings.feedback.Masked;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown, as a log may show it: its name and words without addresses are the message, its frames and causes as
 * they were.
 */
final class ShownThrowable extends Exception {
    /** Causes that are deeper are left out of what is masked: none of ours are, and some might go round in circles. */
    private static final int DEEPEST = 10;

    private ShownThrowable(Throwable thrown, int depth) {
        super(Masked.text(thrown.toString()), shown(thrown.getCause(), depth - 1));
        setStackTrace(thrown.getStackTrace());
        for (Throwable suppressed : thrown.getSuppressed()) {
            Throwable shown = shown(suppressed, depth - 1);
            if (shown != null) {
                addSuppressed(shown);
            }
        }
    }

    /** The same, where there is nothing to mask. */
    static Throwable of(Throwable thrown) {
        return isClean(thrown, DEEPEST) ? thrown : new ShownThrowable(thrown, DEEPEST);
    }

    private static @Nullable Throwable shown(@Nullable Throwable thrown, int depth) {
        return thrown == null || depth == 0 ? null : new ShownThrowable(thrown, depth);
    }

    private static boolean isClean(@Nullable Throwable thrown, int depth) {
        if (thrown == null) {
            return true;
        }
        String said = thrown.toString();
        return depth > 0
                && Masked.text(said).equals(said)
                && isClean(thrown.getCause(), depth - 1)
                && Arrays.stream(thrown.getSuppressed()).allMatch(suppressed -> isClean(suppressed, depth - 1));
    }
}
