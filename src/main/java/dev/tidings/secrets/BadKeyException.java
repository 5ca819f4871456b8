package dev.tidings.secrets;

/** A key that can't be used, or one that is not there. The message says which and what to do, and never shows a key. */
public final class BadKeyException extends RuntimeException {
    public BadKeyException(String message) {
        super(message, null, false, false);
    }
}
