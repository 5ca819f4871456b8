package dev.tidings.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;

import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a slow bucket one finds a trace that is in it. */
@QuarkusTest
@TestProfile(TracesTest.WithCollector.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
@SuppressWarnings("NullAway.Init") // injected
class ExemplarsTest {
    /** As Prometheus asks. */
    private static final String PROMETHEUS = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
            + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private static final List<String> HISTOGRAMS =
            List.of("tidings_ingest_ack", "tidings_attempt", "tidings_first_attempt");

    @TestHTTPResource(value = "/", management = true)
    URI management;

    /** A bucket keeps its exemplar for seven seconds, and those of other tests too: so until it is this one's turn. */
    @Test
    void acknowledgementsAndAttemptsLeadToTheirTraces() {
        String trace = TracedTenant.newTraceId();
        String exemplar = ".* # \\{span_id=\"[0-9a-f]{16}\",trace_id=\"" + trace + "\"} .*";
        try (var traced = new TracedTenant(true)) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        traced.post("00-" + trace + "-b7ad6b7169203331-01");
                        traced.tenant.awaitState("delivered");

                        List<String> lines = scrape(PROMETHEUS, "application/openmetrics-text");
                        for (String histogram : HISTOGRAMS) {
                            assertThat(lines)
                                    .filteredOn(line -> line.startsWith(histogram + "_seconds_bucket"))
                                    .anyMatch(line -> line.matches(exemplar));
                        }
                    });
        }
        assertThat(scrape("text/plain", "text/plain"))
                .as("for a scraper that does not know them")
                .anyMatch(line -> line.startsWith(HISTOGRAMS.getFirst()))
                .noneMatch(line -> line.contains("trace_id"));
    }

    @Test
    void whoNamesTheFormatAloneGetsItToo() {
        assertThat(scrape("application/openmetrics-text", "application/openmetrics-text"))
                .endsWith("# EOF");
    }

    private List<String> scrape(String accepted, String type) {
        return given().accept(accepted)
                .get(management.resolve("/q/metrics"))
                .then()
                .statusCode(200)
                .contentType(startsWith(type))
                .extract()
                .asString()
                .lines()
                .toList();
    }
}
