package dev.tidings.webhook;

import dev.tidings.testing.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Webhooks as an admin submits them. */
final class WebhookBodies {
    static final String SECRET_32 = "0123456789abcdef0123456789abcdef";

    static final String PLAIN = """
            {"name": "Order status", "channels": ["sms", "email"], "url": "https://hooks.example.com/feedback"}""";

    static final String JWT = with(PLAIN, "authentication", """
            {"type": "jwt", "algorithm": "HS256", "secret": "%s", "claims": {"iss": "me", "aud": ["you"]}}""".formatted(SECRET_32));

    static final String SIGNING_SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);

    private WebhookBodies() {}

    static String with(String body, String field, String value) {
        return Json.with(body, field, value);
    }

    /** JWT authentication with a private key. */
    static String withPrivateKey(String algorithm, String pem) {
        return with(PLAIN, "authentication", """
                {"type": "jwt", "algorithm": "%s", "privateKey": %s}""".formatted(algorithm, Json.string(pem)));
    }

    static String rsaKey(int bits) {
        return pem(generate("RSA", bits, ""));
    }

    static String ecKey(String curve) {
        return pem(generate("EC", 0, curve));
    }

    static String pem(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String block(String label, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static PrivateKey generate(String type, int bits, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            if (bits > 0) {
                generator.initialize(bits);
            } else {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
