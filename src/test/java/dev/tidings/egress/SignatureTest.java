package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1_614_265_330L;

    private static String sign(String secret, String id, long timestamp, String body) {
        return Signature.hmacSha256(secret, id, timestamp, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSpecificationsExampleIsSignedAsItSays() {
        assertThat(sign(SECRET, ID, TIMESTAMP, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void everyPartCounts() {
        String usual = sign(SECRET, ID, TIMESTAMP, "body");

        assertThat(sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx", ID, TIMESTAMP, "body"))
                .isNotEqualTo(usual);
        assertThat(sign(SECRET, "msg_other", TIMESTAMP, "body")).isNotEqualTo(usual);
        assertThat(sign(SECRET, ID, TIMESTAMP + 1, "body")).isNotEqualTo(usual);
        assertThat(sign(SECRET, ID, TIMESTAMP, "Body")).isNotEqualTo(usual);
    }

    @Test
    void aSecretThatIsNotBase64IsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> sign("whsec_no Base64!", ID, TIMESTAMP, "body"));
    }
}
