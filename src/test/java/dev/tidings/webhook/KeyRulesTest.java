package dev.tidings.webhook;

import static dev.tidings.webhook.WebhookBodies.block;
import static dev.tidings.webhook.WebhookBodies.ecKey;
import static dev.tidings.webhook.WebhookBodies.rsaKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.webhook.Authentication.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRulesTest {
    private static final String RSA = rsaKey(2_048);

    @ParameterizedTest
    @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
    void aSecretIsAsLongAsTheHash(Algorithm algorithm, int bytes) {
        assertThat(KeyRules.secretViolation(algorithm, "x".repeat(bytes))).isNull();
        assertThat(KeyRules.secretViolation(algorithm, "ü".repeat(bytes / 2))).isNull();
        assertThat(KeyRules.secretViolation(algorithm, "x".repeat(bytes - 1)))
                .isEqualTo("must have at least %d bytes for %s, has %d", bytes, algorithm, bytes - 1);
        assertThat(KeyRules.secretViolation(algorithm, "x".repeat(1_024))).isNull();
        assertThat(KeyRules.secretViolation(algorithm, "x".repeat(1_025))).isEqualTo("must have at most 1,024 bytes");
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "RS384", "RS512"})
    void takesAnRsaKey(Algorithm algorithm) {
        assertThat(KeyRules.privateKeyViolation(algorithm, RSA)).isNull();
        assertThat(KeyRules.privateKeyViolation(algorithm, "\n" + RSA.replace("\n", "\r\n") + "\n"))
                .isNull();
        assertThat(KeyRules.privateKeyViolation(algorithm, rsaKey(1_024)))
                .isEqualTo("must be an RSA key of at least 2,048 bits, has 1024");
        assertThat(KeyRules.privateKeyViolation(algorithm, ecKey("secp256r1")))
                .isEqualTo("must be an RSA key for " + algorithm);
    }

    @ParameterizedTest
    @CsvSource({"ES256, secp256r1, secp384r1", "ES384, secp384r1, secp521r1"})
    void takesAKeyOnItsCurve(Algorithm algorithm, String curve, String other) {
        assertThat(KeyRules.privateKeyViolation(algorithm, ecKey(curve))).isNull();
        assertThat(KeyRules.privateKeyViolation(algorithm, ecKey(other))).startsWith("must be on the curve P-");
        assertThat(KeyRules.privateKeyViolation(algorithm, RSA))
                .isEqualTo("must be an elliptic-curve key for " + algorithm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "ENCRYPTED PRIVATE KEY",
                "CERTIFICATE",
                "PUBLIC KEY",
                "OPENSSH PRIVATE KEY"
            })
    void saysWhatItGotInsteadAndHowToMakeItRight(String label) {
        assertThat(KeyRules.privateKeyViolation(Algorithm.RS256, block(label, new byte[] {1, 2, 3})))
                .startsWith("must be an unencrypted PKCS #8 key (BEGIN PRIVATE KEY), is: BEGIN " + label)
                .contains("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void neverShowsAPartOfTheKey() {
        String[] spoilt = {
            "0123456789abcdef",
            RSA + RSA,
            RSA.substring(10),
            RSA.replace("PRIVATE KEY", "RSA PRIVATE KEY"),
            block("PRIVATE KEY", new byte[] {1, 2, 3}),
            "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"
        };
        for (String key : spoilt) {
            assertThat(KeyRules.privateKeyViolation(Algorithm.RS256, key))
                    .isNotNull()
                    .doesNotContain("0123456789abcdef", RSA.lines().toList().get(1), "AQID");
        }
    }
}
