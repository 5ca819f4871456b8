package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.tidings.webhook.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1_614_265_330L;
    /** The pair with which implementations of Standard Webhooks are tested, and its published signature. */
    private static final String ED25519 =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    private static final String ED25519_PUBLIC = "1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";

    private static String sign(String secret, String id, long timestamp, String body) {
        return Signature.of(
                List.of(new SigningKey.HmacSha256(secret)), id, timestamp, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSpecificationsExampleIsSignedAsItSays() {
        assertThat(sign(SECRET, ID, TIMESTAMP, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void theKnownEd25519PairSignsAsItDoesElsewhere() {
        assertThat(ed25519("{\"test\": 2432232314}"))
                .isEqualTo(
                        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
    }

    @Test
    void anEd25519SignatureIsVerifiedWithThePublicKeyAlone() throws Exception {
        byte[] signature = Base64.getDecoder().decode(ed25519("body").substring("v1a,".length()));

        assertThat(verified(signature, ID + "." + TIMESTAMP + ".body")).isTrue();
        assertThat(verified(signature, ID + "." + TIMESTAMP + ".Body")).isFalse();
        assertThat(verified(signature, ID + "." + (TIMESTAMP + 1) + ".body")).isFalse();
    }

    @Test
    void everyPartCounts() {
        String usual = sign(SECRET, ID, TIMESTAMP, "body");

        assertThat(sign(OTHER, ID, TIMESTAMP, "body")).isNotEqualTo(usual);
        assertThat(sign(SECRET, "msg_other", TIMESTAMP, "body")).isNotEqualTo(usual);
        assertThat(sign(SECRET, ID, TIMESTAMP + 1, "body")).isNotEqualTo(usual);
        assertThat(sign(SECRET, ID, TIMESTAMP, "Body")).isNotEqualTo(usual);
    }

    @Test
    void aReceiverWithEitherSecretVerifiesWhileTheyOverlap() {
        long now = Instant.now().getEpochSecond();
        String header = Signature.of(
                List.of(
                        new SigningKey.Ed25519(ED25519),
                        new SigningKey.HmacSha256(OTHER),
                        new SigningKey.HmacSha256(SECRET)),
                ID,
                now,
                "body".getBytes(StandardCharsets.UTF_8));
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(ID),
                "webhook-timestamp", List.of(Long.toString(now)),
                "webhook-signature", List.of(header));

        assertThat(header.split(" ")).hasSize(3);
        assertThatCode(() -> new Webhook(SECRET).verify("body", headers)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(OTHER).verify("body", headers)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(SECRET).verify("Body", headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void aSecretThatIsNotBase64IsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> sign("whsec_no Base64!", ID, TIMESTAMP, "body"));
    }

    private static String ed25519(String body) {
        return Signature.of(
                List.of(new SigningKey.Ed25519(ED25519)), ID, TIMESTAMP, body.getBytes(StandardCharsets.UTF_8));
    }

    /** With the JDK's verifier, told of the public key only. */
    private static boolean verified(byte[] signature, String signed) throws Exception {
        byte[] spki = HexFormat.of()
                .parseHex("302a300506032b6570032100"
                        + HexFormat.of().formatHex(Base64.getDecoder().decode(ED25519_PUBLIC)));
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        var verifier = java.security.Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(signed.getBytes(StandardCharsets.UTF_8));
        return verifier.verify(signature);
    }
}
