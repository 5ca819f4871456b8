package dev.tidings.webhook;

/** What a signature is made with, in the serialized form of Standard Webhooks 1.0.0. */
public sealed interface SigningKey {

    /** The word for it in {@code signing.type}. */
    String type();

    /** What is secret of it. */
    String secret();

    /** HMAC-SHA256; the secret is {@code whsec_} and the Base64 of 24 to 64 bytes. */
    record HmacSha256(String secret) implements SigningKey {
        static final String TYPE = "hmac-sha256";

        @Override
        public String type() {
            return TYPE;
        }

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "HmacSha256[secret=***]";
        }
    }

    /** Ed25519; the secret is {@code whsk_} and the Base64 of the private and the public key, 32 bytes each. */
    record Ed25519(String secret) implements SigningKey {
        static final String TYPE = "ed25519";

        @Override
        public String type() {
            return TYPE;
        }

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Ed25519[secret=***]";
        }
    }
}
