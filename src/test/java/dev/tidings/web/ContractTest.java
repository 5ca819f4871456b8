package dev.tidings.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The API as it is promised, in a file that is reviewed and served: what others rely on there still holds, and it says what
 * the code says. A change is promised by copying {@code target/openapi.json}, which this test writes, over the file.
 */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class ContractTest {
    private static final Path PROMISED = Path.of("src/docs/openapi.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatWasPromisedHolds() throws IOException {
        JsonNode now = now();
        Files.writeString(
                Path.of("target/openapi.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(now) + "\n");

        assertThat(Contract.breaks(JSON.readTree(PROMISED.toFile()), now))
                .as("what %s promised; is the break meant, copy target/openapi.json there", PROMISED)
                .isEmpty();
        assertThat(JSON.readTree(PROMISED.toFile()))
                .as("%s says what the code says: review target/openapi.json, and copy it there", PROMISED)
                .isEqualTo(now);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "/v1/campaigns"         | "/v1/campaign"
                    "name" : "limit"        | "name" : "size"
                    "messages_presets.read" | "presets.read"
                    """)
    void aChangeOfWhatWasPromisedIsFound(String from, String to) throws IOException {
        String promised = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(now());
        String changed = promised.replace(from, to);

        assertThat(Contract.breaks(JSON.readTree(promised), JSON.readTree(changed))
                        .isEmpty())
                .as("%s to %s", from, to)
                .isEqualTo(changed.equals(promised));
    }

    @Test
    void aRequestThatMustHaveMoreIsABreak() throws IOException {
        JsonNode old = JSON.readTree("""
                {"paths": {"/v1/a": {"post": {"parameters": [{"name": "q", "in": "query"}]}}}}""");
        JsonNode now = JSON.readTree("""
                {"paths": {"/v1/a": {"post": {"parameters": [{"name": "q", "in": "query", "required": true}]}}}}""");

        assertThat(Contract.breaks(old, now)).containsExactly("/paths/v1/a/post/parameters: q has become required");
        assertThat(Contract.breaks(now, old)).isEmpty();
    }

    /** Without what tests add to the product. */
    private static JsonNode now() throws IOException {
        JsonNode all =
                JSON.readTree(given().get("/q/generated-openapi?format=json").asString());
        var paths = all.path("paths").properties().iterator();
        while (paths.hasNext()) {
            if (!paths.next()
                    .getKey()
                    .matches(
                            "(/v1/(audit|campaigns|deliveries|erasures|feedback-|replays|statistics)|/\\.well-known/).*")) {
                paths.remove();
            }
        }
        return all;
    }
}
