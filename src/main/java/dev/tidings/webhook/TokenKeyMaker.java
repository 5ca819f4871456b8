package dev.tidings.webhook;

import dev.tidings.webhook.Authentication.Algorithm;
import dev.tidings.webhook.TokenKeys.Kept;
import dev.tidings.webhook.TokenKeys.TokenKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Makes key pairs for tokens. An RSA pair takes a tenth of a second and more: too long for an event loop, so it is made
 * ahead, elsewhere.
 */
final class TokenKeyMaker {
    /** As a violation names what there are pairs for. */
    static final String ALGORITHMS = "ES256, ES384, RS256, RS384, RS512 or EdDSA";

    private static final int RSA_BITS = 2_048;
    private static final byte[] NEW_LINE = {'\n'};

    private final @Nullable KeyPair rsa;

    private TokenKeyMaker(@Nullable KeyPair rsa) {
        this.rsa = rsa;
    }

    /** One that makes each pair when it is asked for. */
    static TokenKeyMaker instant() {
        return new TokenKeyMaker(null);
    }

    /** One that has an RSA pair at hand. Takes its time. */
    static TokenKeyMaker withRsa() {
        return new TokenKeyMaker(generate(Algorithm.RS256));
    }

    /** A fresh one. */
    Kept make(Algorithm algorithm, Instant signsFrom) {
        KeyPair pair = rsa != null && algorithm.name().startsWith("RS") ? rsa : generate(algorithm);
        var key = new TokenKey(algorithm, pem(pair), PublicKeys.id(pair.getPublic()));
        return new Kept(key, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()), signsFrom);
    }

    private static KeyPair generate(Algorithm algorithm) {
        try {
            return generator(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes keys for " + algorithm, e);
        }
    }

    private static KeyPairGenerator generator(Algorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case HS256, HS384, HS512 -> throw new IllegalArgumentException(algorithm + " has no pair");
            case RS256, RS384, RS512 -> {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(RSA_BITS);
                yield generator;
            }
            case ES256 -> curve("secp256r1");
            case ES384 -> curve("secp384r1");
            case EDDSA -> KeyPairGenerator.getInstance("Ed25519");
        };
    }

    private static KeyPairGenerator curve(String name) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator;
    }

    private static String pem(KeyPair pair) {
        String lines = Base64.getMimeEncoder(64, NEW_LINE)
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    }
}
