package dev.tidings.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRulesTest {
    private final UrlRules production = new UrlRules(false, ports("443,8443,9000-9100"));
    private final UrlRules development = new UrlRules(true, ports("443"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/feedback",
                "https://hooks.example.com",
                "https://a-b.example.com:8443/x?y=z",
                "https://a-b.example.com:9050/x",
                "https://xn--bcher-kva.example/x"
            })
    void takesHttpsWithAHostName(String url) {
        assertThat(production.violation(url)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://hooks.example.com/ | must begin with https://",
                "ftp://hooks.example.com/ | must begin with https://",
                "hooks.example.com/x | absolute URL",
                "https:///x | absolute URL",
                "https://me:secret@hooks.example.com/ | user name or password",
                "https://hooks.example.com/#part | fragment",
                "https://93.184.216.34/ | IP addresses are not called",
                "https://[2606:2800:220:1::1]/ | IP addresses are not called",
                "https://2130706433/ | IP addresses are not called",
                "https://0x7f000001/ | IP addresses are not called",
                "https://0177.0.0.1/ | IP addresses are not called",
                "https://127.1/ | IP addresses are not called",
                "https://127.0.0.1./ | IP addresses are not called",
                "https://localhost./ | trailing dot",
                "https://bücher.example/ | xn--",
                "https://hooks.example.com:8080/ | operator allows: ports 443, 8443, 9000-9100",
                "https://hooks.example.com:9101/ | operator allows",
                "https://hooks.example.com:22/ | operator allows",
                "https://hooks.example.com:0/ | port from 1 to 65535",
                "https://hooks.example.com:70000/ | port from 1 to 65535",
                "https://hooks example.com/ | must be a URL",
                "http://127.0.0.1/ | must begin with https://"
            })
    void refusesWhatHidesWhereItLeads(String url, String message) {
        assertThat(production.violation(url)).contains(message);
    }

    @Test
    void aPortThatIsNotNamedCountsToo() {
        assertThat(new UrlRules(false, ports("8443")).violation("https://hooks.example.com/"))
                .contains("operator allows: port 8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "9-8", "1-2-3", "https", "443-"})
    void whatIsNoPortIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PortRange.of(text));
    }

    private static Ports ports(String list) {
        return new Ports(Stream.of(list.split(",")).map(PortRange::of).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/dev/inbox", "http://127.0.0.1:1234/", "https://[::1]:8443/x"})
    void developmentMayCallLoopback(String url) {
        assertThat(development.violation(url)).isNull();
        assertThat(development.violation("http://hooks.example.com/")).contains("must begin with https://");
        assertThat(development.violation("https://10.0.0.1/")).contains("IP addresses");
    }
}
