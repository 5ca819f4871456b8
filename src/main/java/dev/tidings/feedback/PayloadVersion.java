package dev.tidings.feedback;

import java.util.Arrays;
import java.util.Optional;

/** The shape of the body that a webhook's receiver gets. */
public enum PayloadVersion {
    /** The documented payload, to the letter. */
    V1("1"),
    /** A superset of version 1, with the SMS facts and the campaign's type. */
    V2("2");

    private final String value;

    PayloadVersion(String value) {
        this.value = value;
    }

    /** The word of {@code payloadVersion} in the API. */
    public String value() {
        return value;
    }

    /** The version of that word, or empty when there is none. */
    public static Optional<PayloadVersion> of(String value) {
        return Arrays.stream(values()).filter(v -> v.value.equals(value)).findFirst();
    }
}
