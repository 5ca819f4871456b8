package dev.tidings.egress;

import dev.tidings.webhook.Authentication.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Key pairs as customers would make them. */
public final class TestKeys {
    private TestKeys() {}

    public static KeyPair pair(Algorithm algorithm) {
        try {
            if (algorithm == Algorithm.EDDSA) {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            }
            boolean rsa = algorithm.name().startsWith("RS");
            var generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
            if (rsa) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec(algorithm == Algorithm.ES256 ? "secp256r1" : "secp384r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA, EC and Ed25519", e);
        }
    }

    /** PKCS #8, as {@code openssl pkcs8 -topk8 -nocrypt} writes it. */
    public static String pem(PrivateKey key) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
