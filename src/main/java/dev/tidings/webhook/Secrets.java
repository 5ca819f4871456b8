package dev.tidings.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What of a webhook is not for everybody's eyes, as its columns hold it; sealed or open.
 *
 * @param secret the token's key
 * @param signingKeys as {@link SigningColumn} writes them
 * @param headers JSON: their values may be credentials
 */
record Secrets(@Nullable String secret, @Nullable String signingKeys, String headers) {

    /** Shows nothing. */
    @Override
    public String toString() {
        return "Secrets[***]";
    }
}
