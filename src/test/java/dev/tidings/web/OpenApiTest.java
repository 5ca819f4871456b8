package dev.tidings.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class OpenApiTest {
    private static final List<String> VERBS = List.of("get", "put", "post", "delete");

    private JsonPath api = new JsonPath("{}");

    @BeforeEach
    void read() {
        api = given().get("/q/generated-openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void isOfVersion31() {
        assertThat(api.getString("openapi")).startsWith("3.1");
    }

    @Test
    void everyOperationTellsWhatItIsAndHowItFails() {
        Map<String, Map<String, Map<String, Object>>> paths = api.get("paths");
        paths.forEach((path, item) -> item.forEach((verb, operation) -> {
            if (path.startsWith("/v1/") && !path.startsWith("/v1/wrong") && VERBS.contains(verb)) {
                assertThat(operation)
                        .as(verb + " " + path)
                        .containsKeys("operationId", "summary", "tags", "security", "responses");
                Map<?, ?> answers = (Map<?, ?>) Objects.requireNonNull(operation.get("responses"));
                assertThat(answers.keySet().stream().map(String::valueOf))
                        .as(verb + " " + path)
                        .contains("400", "401", "403", "500", "503");
            }
        }));
    }

    @Test
    void problemsAreDescribed() {
        assertThat(api.getMap("components.schemas.Problem.properties"))
                .containsOnlyKeys("type", "title", "status", "detail", "violations");
    }

    /** Generators refuse what does not say it. */
    @Test
    void everyParameterSaysWhatItIs() {
        Map<String, Map<String, Map<String, Object>>> paths = api.get("paths");
        paths.forEach((path, item) -> item.forEach((verb, operation) -> {
            List<?> parameters = (List<?>) Objects.requireNonNullElse(operation.get("parameters"), List.of());
            assertThat(parameters)
                    .as(verb + " " + path)
                    .allMatch(parameter -> ((Map<?, ?>) parameter).containsKey("schema"));
        }));
    }

    @Test
    void aListSaysWhatItsMembersMayBe() {
        assertThat(api.getList("components.schemas.WebhookPut.properties.channels.items.enum"))
                .isEqualTo(List.of("email", "sms"));
        assertThat(api.getMap("components.schemas.WebhookPut.properties.channels"))
                .doesNotContainKey("enum");
    }

    @Test
    void theInventoryNeedsNoSandbox() {
        List<Map<String, Object>> parameters = api.getList("paths.'/v1/feedback-webhooks'.get.parameters");

        assertThat(parameters)
                .anySatisfy(header -> assertThat(header)
                        .containsEntry("name", "x-gw-ims-org-id")
                        .containsEntry("required", true))
                .noneMatch(header ->
                        "x-sandbox-name".equals(header.get("name")) && Boolean.TRUE.equals(header.get("required")));
    }
}
