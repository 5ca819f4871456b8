package dev.tidings.egress;

import org.jspecify.annotations.Nullable;

/** Looks down a failure's causes: the outer ones name classes and addresses, the innermost says why. */
final class Causes {
    /** Longer chains don't occur, and a circle must not hold us. */
    private static final int DEEPEST = 10;

    private Causes() {}

    static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** The innermost message. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < DEEPEST; depth++) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? "no reason was given" : oneLine(message);
    }

    /** Without line breaks and other control characters: parts of it may come from the other side. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
