package dev.tidings.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A custom header, sent with every request of the webhook.
 *
 * @param secret whether the API keeps the value to itself
 */
@RegisterForReflection // Read and written by a mapper of its own, to and from a column.
public record HeaderParameter(String name, String value, boolean secret) {

    /** A header whose value is shown. */
    public HeaderParameter(String name, String value) {
        this(name, value, false);
    }

    /** Shows the name only: values may be credentials. */
    @Override
    public String toString() {
        return "HeaderParameter[name=" + name + "]";
    }
}
