package dev.tidings.dispatch;

/** There was no attempt after all, by no fault of the endpoint: the delivery waits, and its schedule does not go on. */
final class UnsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsentException(String reason) {
        super(reason, null, false, false);
    }
}
