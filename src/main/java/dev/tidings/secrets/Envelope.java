package dev.tidings.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A text encrypted with a key of its own, and beside it that key, encrypted with the operator's: both AES-256-GCM (NIST SP
 * 800-38D) with a random nonce of 96 bits. What the text belongs to is authenticated with it, so that a value which is
 * copied to another row or column does not open there.
 */
final class Envelope {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Envelope() {}

    static String seal(String text, SecretKey key, String belongsTo) {
        byte[] own = random(KEY_BYTES);
        byte[] wrapped = encrypt(own, key, "key of " + belongsTo);
        byte[] sealed = encrypt(text.getBytes(UTF_8), new SecretKeySpec(own, "AES"), belongsTo);
        return encode(wrapped) + "." + encode(sealed);
    }

    /** {@link IllegalStateException} when it was not sealed so: another key, another place, or changed since. */
    static String open(String envelope, SecretKey key, String belongsTo) {
        try {
            String[] parts = envelope.split("\\.", 2);
            byte[] own = decrypt(decode(parts[0]), key, "key of " + belongsTo);
            return new String(decrypt(decode(parts[1]), new SecretKeySpec(own, "AES"), belongsTo), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // Without its cause and the text: either may hold parts of a secret.
            throw new IllegalStateException("the encrypted " + belongsTo + " does not open");
        }
    }

    private static byte[] encrypt(byte[] plain, SecretKey key, String belongsTo) {
        try {
            byte[] nonce = random(NONCE_BYTES);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, belongsTo);
            byte[] out = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, out, NONCE_BYTES);
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/GCM", e);
        }
    }

    private static byte[] decrypt(byte[] bytes, SecretKey key, String belongsTo) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE_BYTES), belongsTo);
        return cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String belongsTo)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(belongsTo.getBytes(UTF_8));
        return cipher;
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
