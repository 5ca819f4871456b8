package dev.tidings.attempt;

import java.time.Duration;

/** What follows from an attempt. */
public sealed interface Verdict {

    /** The receiver took it: the delivery is finished. */
    record Delivered() implements Verdict {}

    /** Try again after that time, counted from now. */
    record RetryLater(Duration delay, String reason) implements Verdict {}

    /** Try again at once, with a token that is minted anew. Happens once in a row. */
    record RetryNow(String reason) implements Verdict {}

    /** The delivery is finished without success; it stays in the log and can be redelivered. */
    record Failed(String reason) implements Verdict {}

    /** As {@link Failed}; besides, the receiver wants no more: the webhook is paused. */
    record FailedForGood(String reason) implements Verdict {}
}
