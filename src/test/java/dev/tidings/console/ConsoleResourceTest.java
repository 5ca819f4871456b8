package dev.tidings.console;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page, its policy, and the addresses in it. What the page does is tried in a browser. */
@QuarkusTest
class ConsoleResourceTest {
    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/@myImsOrg/prod/administration/channels/feedback-webhooks", "/@A%40AdobeOrg/p/x?q=1"})
    void servesThePageAtEveryAddressOfTheConsole(String address) {
        given().urlEncodingEnabled(false)
                .when()
                .get(address)
                .then()
                .statusCode(200)
                .contentType("text/html; charset=UTF-8")
                .header("Cache-Control", equalTo("no-cache"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body(containsString("<tidings-console>"));
    }

    @Test
    void letsNothingInlineInButTheImportMap() throws Exception {
        var page = when().get("/").then().extract();
        String policy = page.header("Content-Security-Policy");
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(importMap(page.asString()).getBytes(StandardCharsets.UTF_8));

        assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'", "style-src 'self';")
                .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
                .doesNotContain("unsafe", "http:", "https:", "*");
    }

    @Test
    void everyFileThatThePageNamesIsThere() {
        String page = when().get("/").then().extract().asString();

        assertThat(page).doesNotContain("module:");
        assertThat(LINK.matcher(page).results().map(link -> link.group(1)))
                .hasSizeGreaterThan(8)
                .allSatisfy(address ->
                        assertThat(when().get(address).statusCode()).as(address).isEqualTo(200));
    }

    @Test
    void replacesModulesByTheirAddressToo() throws Exception {
        JsonNode imports = new ObjectMapper()
                .readTree(importMap(when().get("/").then().extract().asString()))
                .get("imports");

        imports.properties().stream()
                .filter(module -> module.getValue().asText().startsWith("/console/shims/"))
                .filter(module -> module.getKey().startsWith("/_static/"))
                .forEach(module ->
                        when().get(module.getKey()).then().statusCode(200).body(containsString("export const")));
        assertThat(imports.valueStream().filter(address -> address.asText().startsWith("/console/shims/")))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void librariesAreKeptAndOwnFilesAreAskedForAnew() {
        when().get("/console/main.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-cache"))
                .header("X-Content-Type-Options", equalTo("nosniff"));
        when().get("/_static/lit/3.3.3/index.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("immutable"));
        assertThat(when().get("/console/nothing.js")
                        .then()
                        .statusCode(404)
                        .extract()
                        .header("Cache-Control"))
                .isNull();
    }

    /** The others are fifty times as large as what the console needs: application.properties takes them out, by their names. */
    @Test
    void bringsTheOneBuildOfTheChartsThatItImports() {
        String builds = "/_static/echarts/6.0.0/dist/echarts.";

        when().get(builds + "esm.min.js").then().statusCode(200);
        for (String other : List.of("js", "min.js", "esm.js", "esm.mjs", "esm.js.map", "common.js.map", "simple.js")) {
            when().get(builds + other).then().statusCode(404);
        }
    }

    private static String importMap(String page) {
        Matcher map = IMPORT_MAP.matcher(page);
        assertThat(map.find()).isTrue();
        return map.group(1);
    }
}
