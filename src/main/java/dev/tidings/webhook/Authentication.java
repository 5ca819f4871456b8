package dev.tidings.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a receiver knows that a request is from us. */
public sealed interface Authentication {

    /** The header that carries it; {@code null}: none does. */
    @Nullable
    String header();

    /** Whether a 401 may mean that the token has had its time, and another one is worth a try. */
    default boolean isRenewable() {
        return false;
    }

    /** No authentication header is added. */
    record None() implements Authentication {
        @Override
        public @Nullable String header() {
            return null;
        }
    }

    /**
     * A user name and a password with each request (RFC 7617).
     *
     * @param username without a colon
     */
    record Basic(String username, String password) implements Authentication {
        @Override
        public String header() {
            return AUTHORIZATION;
        }

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Basic[username=" + username + ", password=***]";
        }
    }

    /**
     * An access token that the receiver's authorization server gives for the client's credentials (RFC 6749, 4.4).
     *
     * @param scope what is asked for, words with spaces between; {@code null}: what the server gives by itself
     * @param audience whom the token is for, where the server wants to be told; {@code null}: it does not
     */
    record OAuth2(
            URI tokenUrl,
            Client client,
            @Nullable String scope,
            @Nullable String audience) implements Authentication {
        @Override
        public String header() {
            return AUTHORIZATION;
        }

        @Override
        public boolean isRenewable() {
            return true;
        }
    }

    /**
     * Who asks for an access token.
     *
     * @param inBody whether the credentials go into the form, and not into an {@code Authorization} header
     */
    record Client(String id, String secret, boolean inBody) {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Client[id=" + id + ", secret=***]";
        }
    }

    /**
     * A token is minted and sent with each request.
     *
     * @param claims of the token; {@code iat}, {@code exp} and {@code jti} are added
     * @param lifetime of a token
     * @param carrier where in a request it goes
     * @param bodyHashClaim the claim with the SHA-256 of the body in base64url; {@code null}: none
     */
    record Jwt(
            TokenKeys keys,
            Map<String, Object> claims,
            Duration lifetime,
            Carrier carrier,
            @Nullable String bodyHashClaim)
            implements Authentication {

        @Override
        public String header() {
            return carrier.headerName();
        }

        @Override
        public boolean isRenewable() {
            return true;
        }
    }

    /**
     * Where a token goes.
     *
     * @param headerName the request header that carries it
     * @param prefix before the token in that header, for example {@code "Bearer "}
     */
    record Carrier(String headerName, String prefix) {
        /** As RFC 6750 has it. */
        public static final Carrier BEARER = new Carrier(AUTHORIZATION, "Bearer ");
    }

    String AUTHORIZATION = "Authorization";

    /** Signature algorithms of RFC 7518, 3.1, and RFC 8037, 3.1. */
    enum Algorithm {
        HS256,
        HS384,
        HS512,
        RS256,
        RS384,
        RS512,
        ES256,
        ES384,
        /** With Ed25519. */
        EDDSA;

        /** Whether both sides share one secret; otherwise the key is a pair, and the private one is a PEM. */
        public boolean isSymmetric() {
            return name().startsWith("HS");
        }

        /** Its registered name. */
        public String value() {
            return this == EDDSA ? "EdDSA" : name();
        }

        @Override
        public String toString() {
            return value();
        }

        /** The algorithm of that exact name, or empty. */
        public static Optional<Algorithm> of(String name) {
            for (Algorithm algorithm : values()) {
                if (algorithm.value().equals(name)) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }
    }
}
