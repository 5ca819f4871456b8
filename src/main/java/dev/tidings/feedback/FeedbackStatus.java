package dev.tidings.feedback;

import java.util.Arrays;
import java.util.Optional;

/**
 * What became of a message. A webhook gets four of these ({@link #SENT}, {@link #DELIVERED}, {@link #BOUNCE},
 * {@link #ERROR}); {@link #OUT_OF_BAND}, a late bounce, reaches it as {@code bounce}; the others are recorded and skipped.
 */
public enum FeedbackStatus {
    SENT("sent", true),
    DELIVERED("delivered", true),
    BOUNCE("bounce", true),
    ERROR("error", true),
    OUT_OF_BAND("out_of_band", true),
    EXCLUDE("exclude", false),
    DELAY("delay", false),
    DUPLICATE("duplicate", false),
    DENYLIST("denylist", false),
    READ("read", false),
    UNKNOWN("unknown", false);

    private final String value;
    private final boolean sent;

    FeedbackStatus(String value, boolean sent) {
        this.value = value;
        this.sent = sent;
    }

    /** The word that the platform uses. */
    public String value() {
        return value;
    }

    /** Whether a webhook gets events of this status. */
    public boolean isSentToWebhooks() {
        return sent;
    }

    /** The status that a receiver, and the delivery log, sees: a late bounce is a bounce. */
    public FeedbackStatus published() {
        return this == OUT_OF_BAND ? BOUNCE : this;
    }

    /** The status of the platform's word, or empty when there is none of that name. */
    public static Optional<FeedbackStatus> of(String value) {
        return Arrays.stream(values()).filter(s -> s.value.equals(value)).findFirst();
    }
}
