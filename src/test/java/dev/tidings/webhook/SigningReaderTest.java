package dev.tidings.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.web.JsonBody;
import dev.tidings.web.JsonFields;
import dev.tidings.web.ProblemException;
import dev.tidings.webhook.Signing.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningReaderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SigningKey A = new SigningKey.HmacSha256("whsec_" + "A".repeat(32));
    private static final SigningKey B = new SigningKey.HmacSha256("whsec_" + "B".repeat(32));
    private static final SigningKey C = new SigningKey.HmacSha256("whsec_" + "C".repeat(32));
    private static final String ED25519 =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    @Test
    void anOldSecretSignsBesideTheNewOneUntilItsEnd() {
        Keys keys = put(Signing.with(A), hmac(B, ", \"overlapSeconds\": 3600"), NOW);

        assertThat(keys.at(NOW)).containsExactly(B, A);
        assertThat(keys.at(NOW.plusSeconds(3_599))).containsExactly(B, A);
        assertThat(keys.at(NOW.plusSeconds(3_600))).containsExactly(B);
        assertThat(keys.overlapUntil(NOW)).isEqualTo(NOW.plusSeconds(3_600));
    }

    @Test
    void withoutAnOverlapOnlyTheNewSecretSigns() {
        assertThat(put(Signing.with(A), hmac(B, ""), NOW).at(NOW)).containsExactly(B);
        assertThat(put(Signing.with(A), hmac(B, ", \"overlapSeconds\": 0"), NOW).at(NOW))
                .containsExactly(B);
    }

    @Test
    void anotherEditLeavesTheOverlapAsItIs() {
        Keys rotated = put(Signing.with(A), hmac(B, ", \"overlapSeconds\": 3600"), NOW);

        assertThat(put(rotated, "{\"type\": \"hmac-sha256\"}", NOW.plusSeconds(60)))
                .isEqualTo(rotated);
        assertThat(put(rotated, hmac(B, ""), NOW.plusSeconds(60))).isEqualTo(rotated);
    }

    @Test
    void aZeroEndsTheOverlapEarly() {
        Keys rotated = put(Signing.with(A), hmac(B, ", \"overlapSeconds\": 3600"), NOW);

        assertThat(put(rotated, "{\"type\": \"hmac-sha256\", \"overlapSeconds\": 0}", NOW)
                        .at(NOW))
                .containsExactly(B);
    }

    @Test
    void aSecondRotationKeepsTheFirstOnesEnd() {
        Keys once = put(Signing.with(A), hmac(B, ", \"overlapSeconds\": 3600"), NOW);
        Keys twice = put(once, hmac(C, ", \"overlapSeconds\": 7200"), NOW.plusSeconds(60));

        assertThat(twice.at(NOW.plusSeconds(60))).containsExactly(C, B, A);
        assertThat(twice.at(NOW.plusSeconds(3_601))).containsExactly(C, B);
        assertThat(put(twice, hmac(A, ", \"overlapSeconds\": 60"), NOW.plusSeconds(60))
                        .at(NOW.plusSeconds(60)))
                .as("a secret that comes back is not there twice")
                .containsExactly(A, C, B);
    }

    @Test
    void noMoreThanThreeRetiredKeysSign() {
        Keys keys = put(Signing.with(A), hmac(B, ""), NOW);
        for (int i = 0; i < 6; i++) {
            keys = put(keys, "{\"type\": \"ed25519\", \"rotate\": true, \"overlapSeconds\": 604800}", NOW);
        }
        assertThat(keys.at(NOW)).hasSize(4);
    }

    @Test
    void anEd25519KeyIsMadeWhereNoneIsGiven() {
        Keys first = put(new Signing.None(), "{\"type\": \"ed25519\"}", NOW);
        Keys kept = put(first, "{\"type\": \"ed25519\"}", NOW);
        Keys rotated = put(first, "{\"type\": \"ed25519\", \"rotate\": true, \"overlapSeconds\": 60}", NOW);

        assertThat(first.current().secret()).startsWith("whsk_").hasSize(5 + 88);
        assertThat(kept).isEqualTo(first);
        assertThat(rotated.at(NOW)).hasSize(2).last().isEqualTo(first.current());
    }

    @Test
    void anEd25519KeyMayBeBroughtAlong() {
        Keys keys = put(Signing.with(A), "{\"type\": \"ed25519\", \"secret\": \"" + ED25519 + "\"}", NOW);
        Keys half = put(
                Signing.with(A),
                "{\"type\": \"ed25519\", \"secret\": \"whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=\"}",
                NOW);

        assertThat(keys.current().secret()).isEqualTo(ED25519);
        assertThat(half).as("the public half follows from the private one").isEqualTo(keys);
        assertThat(Ed25519Keys.publicKey((SigningKey.Ed25519) keys.current()))
                .isEqualTo("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"ed25519\",\"secret\":\"whsk_AAAA\"}                                   | secret",
                "{\"type\":\"ed25519\",\"secret\":\"whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=\"} | secret",
                "{\"type\":\"ed25519\",\"secret\":\"whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlaaaaaaaaaaAJ6p9lMicMFs6Kvg==\"} | secret",
                "{\"type\":\"ed25519\",\"secret\":\"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}       | secret",
                "{\"type\":\"hmac-sha256\",\"secret\":\"whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=\"} | secret",
                "{\"type\":\"ed25519\",\"rotate\":true,\"secret\":\"whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=\"} | rotate",
                "{\"type\":\"hmac-sha256\",\"rotate\":true}                                        | rotate",
                "{\"type\":\"ed25519\",\"overlapSeconds\":604801}                                  | overlapSeconds",
                "{\"type\":\"ed25519\",\"overlapSeconds\":-1}                                      | overlapSeconds",
                "{\"type\":\"ed25519\",\"overlapSeconds\":\"1h\"}                                  | overlapSeconds",
                "{\"type\":\"ES256\"}                                                              | type"
            })
    void whatMakesNoSenseIsRefusedByName(String json, String field) {
        JsonFields fields = fields(json);

        Signing read = SigningReader.read(fields, Signing.with(A), NOW);

        assertThat(read.toString()).doesNotContain("whsk_", "whsec_");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(fields::check)
                .satisfies(e -> assertThat(e.problem().violations())
                        .anySatisfy(v -> assertThat(v.field()).isEqualTo(field)));
    }

    @Test
    void whatIsStoredComesBackWhole() {
        Keys keys = put(
                put(Signing.with(A), hmac(B, ", \"overlapSeconds\": 3600"), NOW),
                "{\"type\": \"ed25519\", \"overlapSeconds\": "
                        + Duration.ofDays(7).toSeconds() + "}",
                NOW);

        assertThat(SigningColumn.read(SigningColumn.write(keys))).isEqualTo(keys);
        assertThat(SigningColumn.read(SigningColumn.write(new Signing.None()))).isEqualTo(new Signing.None());
        assertThat(keys.toString()).doesNotContain("whsk_", "whsec_");
    }

    private static String hmac(SigningKey key, String more) {
        return "{\"type\": \"hmac-sha256\", \"secret\": \"" + key.secret() + "\"" + more + "}";
    }

    private static Keys put(Signing stored, String json, Instant now) {
        JsonFields fields = fields(json);
        Signing read = SigningReader.read(fields, stored, now);
        fields.check();
        return (Keys) read;
    }

    private static JsonFields fields(String json) {
        return JsonBody.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
