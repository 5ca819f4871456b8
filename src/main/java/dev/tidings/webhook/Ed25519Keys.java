package dev.tidings.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Ed25519 keys (RFC 8032) as Standard Webhooks writes them: {@code whsk_} private + public, {@code whpk_} public. */
final class Ed25519Keys {
    static final String PRIVATE = "whsk_";
    private static final String PUBLIC = "whpk_";
    private static final int BYTES = 32;
    /** What stands before the key in a SubjectPublicKeyInfo (RFC 8410, 4). */
    private static final byte[] SPKI_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519Keys() {}

    /** A fresh one. */
    static SigningKey.Ed25519 generate() {
        return of(new SecureRandom());
    }

    /**
     * The key of that text, with the public half or without.
     *
     * @return {@code null} when it is none, or the public half is another key's
     */
    static SigningKey.@Nullable Ed25519 read(String text) {
        byte[] bytes = decode(text);
        if (bytes == null || (bytes.length != BYTES && bytes.length != 2 * BYTES)) {
            return null;
        }
        SigningKey.Ed25519 key = of(new Given(Arrays.copyOf(bytes, BYTES)));
        return bytes.length == BYTES || Arrays.equals(bytes, decode(key.secret())) ? key : null;
    }

    /** What receivers verify with. */
    static String publicKey(SigningKey.Ed25519 key) {
        byte[] bytes = Base64.getDecoder().decode(key.secret().substring(PRIVATE.length()));
        return PUBLIC + Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, BYTES, 2 * BYTES));
    }

    /** The same, for a JWK set. */
    static PublicKey jdkPublicKey(SigningKey.Ed25519 key) {
        byte[] bytes = Base64.getDecoder().decode(key.secret().substring(PRIVATE.length()));
        byte[] spki = Arrays.copyOf(SPKI_HEAD, SPKI_HEAD.length + BYTES);
        System.arraycopy(bytes, BYTES, spki, SPKI_HEAD.length, BYTES);
        return PublicKeys.read(Base64.getEncoder().encodeToString(spki), Authentication.Algorithm.EDDSA);
    }

    private static SigningKey.Ed25519 of(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] spki = pair.getPublic().getEncoded();
            byte[] both = Arrays.copyOf(seed, 2 * BYTES);
            System.arraycopy(spki, spki.length - BYTES, both, BYTES, BYTES); // RFC 8410, 4: the key is at the end
            return new SigningKey.Ed25519(PRIVATE + Base64.getEncoder().encodeToString(both));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    private static byte @Nullable [] decode(String text) {
        try {
            return text.startsWith(PRIVATE) ? Base64.getDecoder().decode(text.substring(PRIVATE.length())) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The JDK derives a public key only while it generates a pair, whose private key is what the source of randomness
     * gives: so it is given the one that is there.
     */
    private static final class Given extends SecureRandom {
        private final transient byte[] seed;

        Given(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
