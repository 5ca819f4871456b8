package dev.tidings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No setting makes tokens valid for ever. */
class TokenExpiryTest {
    private static SmallRyeConfig with(String key, String value) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "mp.jwt.verify.publickey.location",
                                "https://id.example.com/keys",
                                "mp.jwt.verify.issuer",
                                "https://id.example.com",
                                key,
                                value),
                        "an operator",
                        300))
                .build();
    }

    @ParameterizedTest
    @CsvSource({"mp.jwt.verify.clock.skew, 0", "mp.jwt.verify.clock.skew, -1", "smallrye.jwt.expiration.grace, 0"})
    void anAllowanceThatEndsExpiryIsRefused(String key, String value) {
        SmallRyeConfig config = with(key, value);

        assertThatThrownBy(() -> StartupCheck.requireTokenVerification(config, false))
                .hasMessageContaining(key)
                .hasMessageContaining("at least 1");
    }

    @ParameterizedTest
    @CsvSource({"mp.jwt.verify.clock.skew, 1", "mp.jwt.verify.clock.skew, 60", "nothing, at all"})
    void aLittleIsAllowed(String key, String value) {
        SmallRyeConfig config = with(key, value);

        assertThatCode(() -> StartupCheck.requireTokenVerification(config, false))
                .doesNotThrowAnyException();
    }
}
