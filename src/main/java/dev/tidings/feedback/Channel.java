package dev.tidings.feedback;

import java.util.Arrays;
import java.util.Optional;

/** How a message reached, or should have reached, its recipient. */
public enum Channel {
    EMAIL("email"),
    SMS("sms");

    private final String value;

    Channel(String value) {
        this.value = value;
    }

    /** The word of the payload, lower case. */
    public String value() {
        return value;
    }

    /** The channel of a payload's word, or empty when there is none of that name. */
    public static Optional<Channel> of(String value) {
        return Arrays.stream(values()).filter(c -> c.value.equals(value)).findFirst();
    }
}
