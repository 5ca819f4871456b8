package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    private static Target of(String url) {
        return Target.of(URI.create(url));
    }

    @Test
    void theUsualPortAndTheUsualPathAreFilledIn() {
        assertThat(of("https://hooks.example.com"))
                .isEqualTo(new Target(true, "hooks.example.com", 443, "/"))
                .hasToString("hooks.example.com:443");
        assertThat(of("http://localhost?a=b")).isEqualTo(new Target(false, "localhost", 80, "/?a=b"));
    }

    @Test
    void pathAndQueryStayAsTheyAreWritten() {
        assertThat(of("https://h.example:8443/a%2Fb/./c?d=%26&e=f+g?h").path()).isEqualTo("/a%2Fb/./c?d=%26&e=f+g?h");
    }

    @Test
    void whatIsNotAsciiIsEncoded() {
        assertThat(of("https://h.example/straße?q=é").path()).isEqualTo("/stra%C3%9Fe?q=%C3%A9");
    }

    @Test
    void anIpv6LiteralLosesItsBracketsAsAHost() {
        assertThat(of("http://[::1]:8080/"))
                .hasToString("[::1]:8080")
                .extracting(Target::host)
                .isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mailto:a@example.com", "/path", "ftp://h.example/", "https:///path", "https://a_b.example/"})
    void whatCanNotBeCalledIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(url));
    }
}
