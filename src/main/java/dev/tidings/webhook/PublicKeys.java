package dev.tidings.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.lang.JoseException;

/**
 * Public keys as receivers fetch them (RFC 7517). A key's id is its thumbprint (RFC 7638): nobody can tell it before the
 * key is made, it says nothing of whose it is, and it never names two keys.
 */
final class PublicKeys {
    /** How long a copy of them may be kept. */
    static final Duration FRESH = Duration.ofMinutes(5);

    private PublicKeys() {}

    /** Those that a webhook's receiver verifies with at that moment: of its tokens, then of its signatures. */
    static Stream<Map<String, Object>> of(Endpoint endpoint, Instant now) {
        return Stream.concat(ofTokens(endpoint, now), ofSignatures(endpoint, now));
    }

    private static Stream<Map<String, Object>> ofTokens(Endpoint endpoint, Instant now) {
        return endpoint.authentication() instanceof Authentication.Jwt jwt
                        && jwt.keys() instanceof TokenKeys.Generated generated
                ? generated.published(now).map(kept -> {
                    var algorithm = kept.key().algorithm();
                    return jwk(read(kept.publicKey(), algorithm), algorithm.value());
                })
                : Stream.empty();
    }

    private static Stream<Map<String, Object>> ofSignatures(Endpoint endpoint, Instant now) {
        return endpoint.signing() instanceof Signing.Keys keys
                ? keys.at(now).stream()
                        .filter(SigningKey.Ed25519.class::isInstance)
                        .map(key -> jwk(Ed25519Keys.jdkPublicKey((SigningKey.Ed25519) key), "EdDSA"))
                : Stream.empty();
    }

    static String id(PublicKey key) {
        try {
            return JsonWebKey.Factory.newJwk(key).calculateBase64urlEncodedThumbprint("SHA-256");
        } catch (JoseException e) {
            throw new IllegalStateException("every key that is made here can be written as a JWK", e);
        }
    }

    /** Without anything that would be private. */
    private static Map<String, Object> jwk(PublicKey key, String algorithm) {
        try {
            JsonWebKey jwk = JsonWebKey.Factory.newJwk(key);
            jwk.setKeyId(id(key));
            jwk.setAlgorithm(algorithm);
            jwk.setUse("sig");
            return jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
        } catch (JoseException e) {
            throw new IllegalStateException("every key that is made here can be written as a JWK", e);
        }
    }

    /** @param spki the Base64 of a SubjectPublicKeyInfo */
    static PublicKey read(String spki, Authentication.Algorithm algorithm) {
        try {
            return KeyFactory.getInstance(kind(algorithm))
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(spki)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a public key that was made here can't be read", e);
        }
    }

    /** As the JDK names the kind of key that goes with it. */
    static String kind(Authentication.Algorithm algorithm) {
        return switch (algorithm) {
            case HS256, HS384, HS512 -> "HMAC";
            case RS256, RS384, RS512 -> "RSA";
            case ES256, ES384 -> "EC";
            case EDDSA -> "Ed25519";
        };
    }
}
