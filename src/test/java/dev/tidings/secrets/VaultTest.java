package dev.tidings.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final String A = "a:" + "A".repeat(43) + "=";
    private static final String B = "b:" + "B".repeat(42) + "A=";
    private static final UUID ROW = UUID.fromString("0198f5b2-0000-7000-8000-000000000000");
    private static final String SECRET = "whsec_käse";

    private final Vault vault = vault(A);

    @Test
    void whatIsSealedOpensAgain() {
        String sealed = vault.seal(SECRET, ROW, "secret");

        assertThat(sealed).doesNotContain("whsec").isNotEqualTo(vault.seal(SECRET, ROW, "secret"));
        assertThat(vault.open(sealed, "a", ROW, "secret")).isEqualTo(SECRET);
        assertThat(vault.open(vault.seal("", ROW, "secret"), "a", ROW, "secret"))
                .isEmpty();
    }

    @Test
    void whatIsMovedToAnotherPlaceDoesNotOpenThere() {
        String sealed = vault.seal(SECRET, ROW, "secret");

        doesNotOpen(sealed, "a", UUID.randomUUID(), "secret");
        doesNotOpen(sealed, "a", ROW, "headers");
    }

    @Test
    void anyChangeIsFound() {
        String sealed = vault.seal(SECRET, ROW, "secret");
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            // The last character of Base64 may carry bits that mean nothing: what opens then is what was sealed.
            try {
                assertThat(vault.open(changed, "a", ROW, "secret"))
                        .as("changed at " + i)
                        .isEqualTo(SECRET);
                assertThat(i).isIn(sealed.indexOf('.') - 1, sealed.length() - 1);
            } catch (IllegalStateException e) {
                assertThat(e.getMessage()).doesNotContain(SECRET);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "AAAA", "AAAA.AAAA", "whsec_plain", "a.b.c", "!.!"})
    void whatWasNotSealedDoesNotOpen(String text) {
        doesNotOpen(text, "a", ROW, "secret");
    }

    @Test
    void halvesOfTwoEnvelopesMakeNone() {
        String one = vault.seal("one", ROW, "secret");
        String two = vault.seal("two", ROW, "secret");

        doesNotOpen(one.split("\\.")[0] + "." + two.split("\\.")[1], "a", ROW, "secret");
    }

    @Test
    void afterARotationTheOldKeyOpensAndTheNewOneSeals() {
        String old = vault.seal(SECRET, ROW, "secret");
        Vault rotated = vault(B, A);

        assertThat(rotated.currentKeyId()).isEqualTo("b");
        assertThat(rotated.open(old, "a", ROW, "secret")).isEqualTo(SECRET);
        assertThat(vault(B).open(rotated.seal(SECRET, ROW, "secret"), "b", ROW, "secret"))
                .isEqualTo(SECRET);
        doesNotOpenWith(rotated, old);
    }

    @Test
    void aMissingKeyIsNamed() {
        assertThatExceptionOfType(BadKeyException.class)
                .isThrownBy(() -> vault.open("x", "gone", ROW, "secret"))
                .withMessageContaining("the key gone");
    }

    @Test
    void keysThatCannotBeUsedAreRefusedWithoutShowingThem() {
        for (List<String> keys : List.of(
                List.<String>of(),
                List.of("nokey"),
                List.of("id:c2hvcnQ="),
                List.of(A, "id:!!!!"),
                List.of(A, A),
                List.of(":" + "A".repeat(43) + "="),
                List.of("a b:" + "A".repeat(43) + "="),
                List.of("id:" + "A".repeat(86) + "=="))) {
            assertThatExceptionOfType(BadKeyException.class)
                    .as(keys.toString())
                    .isThrownBy(() -> KeyRing.of(Optional.of(keys), Optional.empty()))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("AAAA", "c2hvcnQ"));
        }
        assertThatExceptionOfType(BadKeyException.class)
                .isThrownBy(() -> KeyRing.of(Optional.empty(), Optional.empty()));
        assertThatExceptionOfType(BadKeyException.class)
                .isThrownBy(() -> KeyRing.of(Optional.empty(), Optional.of("/no/such/file")));
    }

    @Test
    void keysAreNeverShown() {
        assertThat(KeyRing.of(Optional.of(List.of(A)), Optional.empty())).hasToString("KeyRing[a]");
    }

    private void doesNotOpen(String sealed, String keyId, UUID row, String field) {
        assertThatIllegalStateException().isThrownBy(() -> vault.open(sealed, keyId, row, field));
    }

    private static void doesNotOpenWith(Vault vault, String sealed) {
        assertThatIllegalStateException().isThrownBy(() -> vault.open(sealed, "b", ROW, "secret"));
    }

    private static Vault vault(String... keys) {
        return new Vault(KeyRing.of(Optional.of(List.of(keys)), Optional.empty()));
    }
}
