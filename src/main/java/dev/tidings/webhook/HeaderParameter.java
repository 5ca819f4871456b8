package dev.tidings.webhook;

/** A custom header, sent with every request of the webhook. */
public record HeaderParameter(String name, String value) {

    /** Shows the name only: values may be credentials. */
    @Override
    public String toString() {
        return "HeaderParameter[name=" + name + "]";
    }
}
