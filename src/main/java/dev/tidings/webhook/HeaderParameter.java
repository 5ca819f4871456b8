package dev.tidings.webhook;

/**
 * A custom header, sent with every request of the webhook.
 *
 * @param secret whether the API keeps the value to itself
 */
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
