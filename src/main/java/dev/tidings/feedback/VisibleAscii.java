package dev.tidings.feedback;

/** Texts that headers and addresses carry unharmed: {@code !} to {@code ~}, no spaces (VCHAR, RFC 5234, B.1). */
public final class VisibleAscii {
    private VisibleAscii() {}

    /** Whether the text has at least one character, and no other than these. */
    public static boolean is(String text) {
        // A loop, and no stream: this is asked for each event.
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
