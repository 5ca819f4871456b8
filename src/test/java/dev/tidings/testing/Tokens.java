package dev.tidings.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Bearer tokens for tests with security on, really signed. */
public final class Tokens {
    public static final String ISSUER = "https://issuer.example.com";
    public static final String AUDIENCE = "tidings";
    /** All that Tidings knows, in the words of a token. */
    public static final String EVERYTHING = "messages_presets.read messages_presets.write messages_presets.delete"
            + " feedback_events.write deliveries.read deliveries.replay audit.read deliveries.read.payload personal_data.erase";

    private static final String PRIVATE = "tidings.test.private-key";
    private static final String PUBLIC = "tidings.test.public-key";

    private Tokens() {}

    /** The application with security on, and a key that is made for this test run. */
    public static final class Secured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            makeKey();
            return Map.of(
                    "tidings.security.enabled",
                    "true",
                    "mp.jwt.verify.issuer",
                    ISSUER,
                    "mp.jwt.verify.audiences",
                    AUDIENCE,
                    "mp.jwt.verify.publickey",
                    System.getProperty(PUBLIC));
        }
    }

    /** The claims of a token that opens everything in that organization. */
    public static JwtClaimsBuilder claims(String imsOrg) {
        return Jwt.subject("ada")
                .claim("organizations", List.of(imsOrg))
                .claim("scope", EVERYTHING)
                .audience(AUDIENCE)
                .issuer(ISSUER)
                .issuedAt(Instant.now().minusSeconds(3_600))
                .expiresAt(Instant.now().plusSeconds(300));
    }

    /** A token of that person, with every permission and a claim of that name and value. */
    public static String token(String user, String claim, Object value) {
        return token(user, claim, value, ISSUER, Duration.ofMinutes(5), key());
    }

    /** A token that holds or not. */
    public static String token(
            String user, String claim, Object value, String issuer, Duration lifetime, PrivateKey key) {
        Instant now = Instant.now();
        return Jwt.subject(user)
                .audience(AUDIENCE)
                .claim("scope", EVERYTHING)
                .claim(claim, value instanceof String ? value : List.copyOf((List<?>) value))
                .issuer(issuer)
                .issuedAt(now.minusSeconds(3_600))
                .expiresAt(now.plus(lifetime))
                .sign(key);
    }

    /** A key that the application does not know. */
    public static PrivateKey foreignKey() {
        return newKeys().getPrivate();
    }

    public static PrivateKey key() {
        byte[] der = Base64.getDecoder().decode(System.getProperty(PRIVATE));
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as the application is told it: Base64 of its DER. */
    public static String publicKey() {
        return System.getProperty(PUBLIC);
    }

    /** Kept in system properties: the profile and the test are loaded by two class loaders. */
    private static void makeKey() {
        if (System.getProperty(PRIVATE) == null) {
            KeyPair pair = newKeys();
            System.setProperty(
                    PRIVATE,
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
            System.setProperty(
                    PUBLIC, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        }
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
