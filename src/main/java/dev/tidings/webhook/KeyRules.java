package dev.tidings.webhook;

import dev.tidings.webhook.Authentication.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a token's key must be, for its algorithm to be worth something (RFC 7518, 3.2 to 3.4; RFC 8037, 3.1). */
final class KeyRules {
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");
    private static final int SMALLEST_RSA = 2_048;

    private KeyRules() {}

    /** What is wrong with a shared secret; {@code null}: nothing. */
    static @Nullable String secretViolation(Algorithm algorithm, String secret) {
        int least = bits(algorithm) / 8;
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > 1_024) {
            return "must have at most 1,024 bytes";
        }
        return bytes >= least ? null : "must have at least " + least + " bytes for " + algorithm + ", has " + bytes;
    }

    /** What is wrong with a private key; {@code null}: nothing. Never shows a part of it. */
    static @Nullable String privateKeyViolation(Algorithm algorithm, String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            return "must be a PEM private key: -----BEGIN PRIVATE KEY----- …";
        }
        if (!matcher.group(1).equals("PRIVATE KEY")) {
            return "must be an unencrypted PKCS #8 key (BEGIN PRIVATE KEY), is: BEGIN " + matcher.group(1)
                    + "; convert it with: openssl pkcs8 -topk8 -nocrypt";
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            return switch (PublicKeys.kind(algorithm)) {
                case "RSA" -> rsaViolation(der);
                case "EC" -> ecViolation(algorithm, der);
                default -> ed25519Violation(der);
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "must be " + kind(algorithm) + " for " + algorithm;
        }
    }

    private static String kind(Algorithm algorithm) {
        return switch (PublicKeys.kind(algorithm)) {
            case "RSA" -> "an RSA key";
            case "EC" -> "an elliptic-curve key";
            default -> "an Ed25519 key";
        };
    }

    private static @Nullable String ed25519Violation(byte[] der) throws GeneralSecurityException {
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
        return null;
    }

    private static @Nullable String rsaViolation(byte[] der) throws GeneralSecurityException {
        var key = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        int size = key.getModulus().bitLength();
        return size >= SMALLEST_RSA ? null : "must be an RSA key of at least 2,048 bits, has " + size;
    }

    private static @Nullable String ecViolation(Algorithm algorithm, byte[] der) throws GeneralSecurityException {
        var key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        int size = key.getParams().getCurve().getField().getFieldSize();
        return size == bits(algorithm)
                ? null
                : "must be on the curve P-" + bits(algorithm) + " for " + algorithm + ", is on one of " + size
                        + " bits";
    }

    private static int bits(Algorithm algorithm) {
        return Integer.parseInt(algorithm.name().substring(2));
    }
}
