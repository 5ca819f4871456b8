package dev.tidings.egress;

import dev.tidings.webhook.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code webhook-signature} by the Standard Webhooks 1.0.0 specification, over {@code id.timestamp.body}: {@code v1,} with
 * HMAC-SHA256 or {@code v1a,} with Ed25519.
 */
final class Signature {
    private static final String HMAC_PREFIX = "whsec_";
    private static final String ED25519_PREFIX = "whsk_";
    private static final int ED25519_BYTES = 32;

    private Signature() {}

    /** The header's value: a signature for each key, with spaces between. */
    static String of(List<SigningKey> keys, String id, long timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> switch (key) {
                    case SigningKey.HmacSha256 hmac -> "v1," + hmac(hmac.secret(), head, body);
                    case SigningKey.Ed25519 ed25519 -> "v1a," + ed25519(ed25519.secret(), head, body);
                })
                .collect(Collectors.joining(" "));
    }

    private static String hmac(String secret, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(decode(secret, HMAC_PREFIX), "HmacSHA256"));
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String ed25519(String secret, byte[] head, byte[] body) {
        byte[] seed = Arrays.copyOf(decode(secret, ED25519_PREFIX), ED25519_BYTES);
        try {
            var signature = java.security.Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            signature.update(head);
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    private static byte[] decode(String secret, String prefix) {
        return Base64.getDecoder().decode(secret.startsWith(prefix) ? secret.substring(prefix.length()) : secret);
    }
}
