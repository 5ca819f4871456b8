package dev.tidings.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.testing.Tokens;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that say everything right but for one thing, and must open nothing. */
final class FalseTokens {
    private FalseTokens() {}

    /** By what is wrong with them. */
    static Map<String, String> all(String imsOrg) {
        Map<String, String> all = new LinkedHashMap<>();
        String good = Tokens.claims(imsOrg).sign(Tokens.key());
        String claims = good.split("\\.")[1];
        all.put("nonsense", "nonsense");
        all.put(
                "wrong issuer",
                Tokens.claims(imsOrg).issuer("https://else.example.com").sign(Tokens.key()));
        all.put("no issuer", Tokens.claims(imsOrg).remove("iss").sign(Tokens.key()));
        all.put(
                "expired",
                Tokens.claims(imsOrg).expiresAt(Instant.now().minusSeconds(120)).sign(Tokens.key()));
        all.put("without an end", Tokens.claims(imsOrg).remove("exp").sign(Tokens.key()));
        all.put("wrong audience", Tokens.claims(imsOrg).audience("another").sign(Tokens.key()));
        all.put(
                "wrong audiences",
                Tokens.claims(imsOrg).audience(Set.of("a", "b")).sign(Tokens.key()));
        all.put("no audience", Tokens.claims(imsOrg).remove("aud").sign(Tokens.key()));
        all.put("another key", Tokens.claims(imsOrg).sign(Tokens.foreignKey()));
        all.put("signature cut off", good.substring(0, good.lastIndexOf('.') + 1));
        all.put("signature of other claims", swapped(good, Tokens.claims("x").sign(Tokens.key())));
        for (String none : new String[] {"none", "None", "NONE", "nOnE"}) {
            all.put("alg " + none, encoded("{\"alg\":\"" + none + "\",\"typ\":\"JWT\"}") + "." + claims + ".");
        }
        byte[] der = Base64.getDecoder().decode(Tokens.publicKey());
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        all.put("HS256 with the public key's DER", hmac(claims, der));
        all.put(
                "HS256 with the public key's Base64",
                hmac(claims, Tokens.publicKey().getBytes(UTF_8)));
        all.put("HS256 with the public key's PEM", hmac(claims, pem.getBytes(UTF_8)));
        all.put("HS256 with no key to speak of", hmac(claims, new byte[1]));
        return all;
    }

    private static String swapped(String good, String other) {
        String[] parts = good.split("\\.");
        return other.split("\\.")[0] + "." + other.split("\\.")[1] + "." + parts[2];
    }

    private static String hmac(String claims, byte[] key) {
        try {
            String signed = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + claims;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return signed + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
