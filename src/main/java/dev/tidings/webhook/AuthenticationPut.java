package dev.tidings.webhook;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The authentication as the OpenAPI document describes it; {@link AuthenticationReader} reads the real one. */
@Schema(name = "Authentication")
record AuthenticationPut(
        @Schema(
                required = true,
                enumeration = {"none", "basic", "oauth2", "jwt"},
                description =
                        "none: no header is added; basic: user name and password; oauth2: an access token for client"
                                + " credentials (RFC 6749, 4.4); jwt: a token that Tidings mints")
        String type,

        @Schema(description = "basic", maxLength = 255) @Nullable
        String username,

        @Schema(writeOnly = true, description = "basic. A PUT without it keeps the stored one") @Nullable
        String password,

        @Schema(
                description =
                        "oauth2: the authorization server's token endpoint. HTTPS only; what holds for the webhook's"
                                + " URL holds for it",
                maxLength = 2048)
        @Nullable
        String tokenUrl,

        @Schema(description = "oauth2", maxLength = 255) @Nullable
        String clientId,

        @Schema(
                writeOnly = true,
                description = "oauth2. A PUT without it keeps the stored one, as long as tokenUrl and clientId stay")
        @Nullable
        String clientSecret,

        @Schema(
                enumeration = {"basic", "body"},
                defaultValue = "basic",
                description = "oauth2: whether the credentials go into an Authorization header or into the form")
        @Nullable
        String clientAuthentication,

        @Schema(description = "oauth2: what is asked for, words with spaces between", maxLength = 1024) @Nullable
        String scope,

        @Schema(description = "oauth2: whom the token is for, where the server wants to be told", maxLength = 1024)
        @Nullable
        String audience,

        @Schema(
                enumeration = {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "EdDSA"},
                description = "jwt")
        @Nullable
        String algorithm,

        @Schema(
                enumeration = {"given", "generated"},
                defaultValue = "given",
                description = "jwt: generated, and Tidings makes a key pair, keeps the private half and publishes the"
                        + " other; not for HS algorithms")
        @Nullable
        String keySource,

        @Schema(writeOnly = true, description = "jwt: for HS algorithms. A PUT without it keeps the stored one")
        @Nullable
        String secret,

        @Schema(writeOnly = true, description = "jwt: PEM (PKCS #8), for RS, ES and EdDSA algorithms") @Nullable
        String privateKey,

        @Schema(writeOnly = true, description = "jwt with generated keys: make a new one") @Nullable
        Boolean rotate,

        @Schema(
                writeOnly = true,
                minimum = "0",
                maximum = "604800",
                description =
                        "jwt with generated keys: how long the key that is replaced stays published; it signs for the"
                                + " first half of that, at most ten minutes, while receivers learn the new one. 0, which is what"
                                + " rotate means by itself, ends every older key now")
        @Nullable
        Integer overlapSeconds,

        @Schema(readOnly = true, description = "Whether a password, secret or key is stored") @Nullable
        Boolean secretSet,

        @Schema(description = "jwt: iat, exp and jti are added") @Nullable
        Map<String, Object> claims,

        @Schema(defaultValue = "300", minimum = "1", maximum = "86400") @Nullable
        Integer ttlSeconds,

        @Schema(description = "jwt: the header's kid. Generated keys have their thumbprint (RFC 7638)") @Nullable
        String keyId,

        @Schema(defaultValue = "Authorization") @Nullable String headerName,

        @Schema(defaultValue = "Bearer ") @Nullable String prefix,

        @Schema(
                maxLength = 64,
                description =
                        "jwt: a claim of that name holds the SHA-256 of the body, in base64url; each request then has"
                                + " a token of its own")
        @Nullable
        String bodyHashClaim,

        @Schema(readOnly = true, description = "jwt with generated keys: the path of the webhook's JWK set") @Nullable
        String keySet,

        @Schema(readOnly = true, description = "jwt with generated keys: when a new key takes over") @Nullable
        String signsFrom,

        @Schema(readOnly = true, description = "jwt with generated keys: until then older keys are published too")
        @Nullable
        String overlapUntil) {}
