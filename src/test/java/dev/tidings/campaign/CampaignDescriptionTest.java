package dev.tidings.campaign;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are generated from. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class CampaignDescriptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE = "/v1/campaigns/{campaignID}";

    /** Others, that any operation may give, are added in one place for all. */
    @ParameterizedTest
    @CsvSource({
        ONE + ", put, '200,400,401,403,415,422'",
        ONE + ", get, '200,400,401,403,404'",
        "/v1/campaigns, get, '200,400,401,403,422'"
    })
    void namesEveryAnswer(String path, String method, String statuses) throws IOException {
        JsonNode operation = operation(path, method);

        assertThat(operation.get("responses").fieldNames()).toIterable().contains(statuses.split(","));
        assertThat(operation.get("parameters").findValuesAsText("name")).contains("x-gw-ims-org-id", "x-sandbox-name");
        for (String status : List.of(statuses.split(","))) {
            String type = status.equals("200") ? "application/json" : "application/problem+json";
            assertThat(operation.at("/responses/" + status + "/content").fieldNames())
                    .toIterable()
                    .containsExactly(type);
        }
    }

    /** An example that is not JSON would be shown as a string. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                CampaignExamples.PUT,
                CampaignExamples.CAMPAIGN,
                CampaignExamples.WARNED,
                CampaignExamples.PAGE,
                CampaignExamples.NOT_ELIGIBLE,
                CampaignExamples.NOT_FOUND
            })
    void examplesAreJson(String example) throws IOException {
        assertThat(JSON.readTree(example).isObject()).isTrue();
    }

    private static JsonNode operation(String path, String method) throws IOException {
        String description = given().accept("application/json")
                .get("/q/generated-openapi?format=json")
                .asString();
        return JSON.readTree(description).get("paths").get(path).get(method);
    }
}
