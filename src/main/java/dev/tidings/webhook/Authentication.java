package dev.tidings.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a receiver knows that a request is from us. */
public sealed interface Authentication {

    /** No authentication header is added. */
    record None() implements Authentication {}

    /**
     * A token is minted and sent with each request.
     *
     * @param key the shared secret of an HS algorithm, or the PEM private key (PKCS #8) of an RS or ES one
     * @param claims of the token; {@code iat}, {@code exp} and {@code jti} are added
     * @param lifetime of a token
     * @param keyId the token header's {@code kid}, or {@code null}
     * @param headerName the request header that carries it
     * @param prefix before the token in that header, for example {@code "Bearer "}
     */
    record Jwt(
            Algorithm algorithm,
            String key,
            Map<String, Object> claims,
            Duration lifetime,
            @Nullable String keyId,
            String headerName,
            String prefix)
            implements Authentication {

        /** Never shows the key. */
        @Override
        public String toString() {
            return "Jwt[algorithm=" + algorithm + ", key=***, keyId=" + keyId + ", headerName=" + headerName + "]";
        }
    }

    /** Signature algorithms of RFC 7518, 3.1. */
    enum Algorithm {
        HS256,
        HS384,
        HS512,
        RS256,
        RS384,
        RS512,
        ES256,
        ES384;

        /** Whether both sides share one secret; otherwise the key is a pair, and the private one is a PEM. */
        public boolean isSymmetric() {
            return name().startsWith("HS");
        }

        /** The algorithm of that exact name, or empty. */
        public static Optional<Algorithm> of(String name) {
            for (Algorithm algorithm : values()) {
                if (algorithm.name().equals(name)) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }
    }
}
