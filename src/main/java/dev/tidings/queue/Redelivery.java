package dev.tidings.queue;

import dev.tidings.feedback.SkipReason;

/** What came of asking for a delivery again. */
public sealed interface Redelivery {

    /** It is in the queue; the delivery as it stands now. */
    record Accepted(LoggedDelivery delivery) implements Redelivery {}

    /** The tenant has no delivery of that id. */
    record Unknown() implements Redelivery {}

    /** There is nothing to send again: it was recorded and never sent. */
    record Skipped(SkipReason reason) implements Redelivery {}

    /** There is nothing to send again: its payload is gone. */
    record Bare() implements Redelivery {}

    /** The sandbox has no webhook to send it to. */
    record NoWebhook() implements Redelivery {}
}
