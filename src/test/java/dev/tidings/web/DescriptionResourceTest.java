package dev.tidings.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class DescriptionResourceTest {
    private static final Path FILE = Path.of("src/docs/openapi.json");

    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi?format=json", "/q/openapi?format=JSON", "/q/openapi.json"})
    void isTheFile(String path) throws IOException {
        Response answer = given().get(path);

        assertThat(answer.contentType()).isEqualTo("application/json;charset=UTF-8");
        assertThat(answer.asString()).isEqualTo(Files.readString(FILE));
    }

    @Test
    void isJsonForWhomAcceptsIt() {
        assertThat(given().accept("application/json").get("/q/openapi").contentType())
                .startsWith("application/json");
        assertThat(given().accept("application/json")
                        .get("/q/openapi?format=yaml")
                        .contentType())
                .startsWith("application/yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi", "/q/openapi.yaml", "/q/openapi.yml"})
    void saysTheSameInYaml(String path) throws IOException {
        Response answer = given().get(path);
        JsonNode file = new ObjectMapper().readTree(FILE.toFile());

        assertThat(answer.contentType()).isEqualTo("application/yaml;charset=UTF-8");
        assertThat(answer.asString()).startsWith("---\nopenapi: 3.1.0\n");
        assertThat(new YAMLMapper().readTree(answer.asString())).isEqualTo(file);
    }

    @Test
    void knowsNoOtherFormat() {
        given().get("/q/openapi.txt").then().statusCode(404).contentType("application/problem+json");
    }
}
