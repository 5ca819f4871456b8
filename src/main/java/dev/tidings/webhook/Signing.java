package dev.tidings.webhook;

/** Whether requests carry {@code webhook-signature}, by the Standard Webhooks 1.0.0 specification. */
public sealed interface Signing {

    /** No signature. */
    record None() implements Signing {}

    /** HMAC-SHA256; the secret is {@code whsec_} and the Base64 of 24 to 64 bytes. */
    record HmacSha256(String secret) implements Signing {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "HmacSha256[secret=***]";
        }
    }
}
