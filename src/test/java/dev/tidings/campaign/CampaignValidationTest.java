package dev.tidings.campaign;

import static dev.tidings.campaign.Campaigns.body;
import static dev.tidings.testing.Requests.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class CampaignValidationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Campaigns campaigns = Campaigns.ofNewTenant();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name | null | is required",
                "name | \"  \" | must not be empty",
                "name | 7 | must be a string",
                "name | [\"a\"] | must be a string",
                "name | \"a\\u0000b\" | NUL",
                "name | \"a\\nb\" | control characters",
                "name | \"\\ud800\" | surrogate",
                "category | null | is required",
                "category | \"transactional\" | must be one of Transactional, Marketing",
                "category | \"Marketing\\u0000\" | NUL",
                "category | {} | must be a string",
                "campaignType | null | is required",
                "campaignType | \"Api\" | must be one of ApiTriggered, Scheduled, IpWarmup",
                "campaignType | 1.5 | must be a string",
                "enableWebhooks | \"true\" | must be true or false",
                "enableWebhooks | 1 | must be true or false",
                "enableWebhooks | {} | must be true or false",
            })
    void saysWhatIsWrong(String field, String value, String message) throws IOException {
        campaigns
                .put("c-1", with(field, value))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", contains(field))
                .body("violations[0].message", containsString(message));
        campaigns.get("c-1").then().statusCode(404);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        campaigns
                .put("x".repeat(65), "{\"category\": 1, \"enableWebhooks\": \"yes\"}")
                .then()
                .statusCode(422)
                .body(
                        "violations.field",
                        containsInAnyOrder("campaignID", "name", "category", "campaignType", "enableWebhooks"));
    }

    @Test
    void aNameHasUpTo255Characters() {
        campaigns
                .put("c-1", body(null).replace("Orders", "ü".repeat(255)))
                .then()
                .statusCode(200)
                .body("name", equalTo("ü".repeat(255)));
        campaigns
                .put("c-1", body(null).replace("Orders", "x".repeat(256)))
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("at most 255 characters, has 256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"name\": }", "nothing", "{} {}"})
    void aBodyThatIsNotJsonIsMalformed(String body) {
        campaigns
                .put("c-1", body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("The body is"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"text\"", "7"})
    void aBodyIsAnObject(String body) {
        campaigns
                .put("c-1", body)
                .then()
                .statusCode(422)
                .body("violations[0].message", equalTo("must be a JSON object"));
    }

    @Test
    void unknownFieldsAreIgnored() throws IOException {
        campaigns.put("c-1", with("colour", "{\"deep\": [1]}")).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "a%20b", "%00", "a%0Ab", "a%7Fb", "%C3%BC", "%E2%80%8B"})
    void anIdHasVisibleAsciiCharactersOnly(String id) {
        campaigns
                .putEncoded(id, body(null))
                .then()
                .statusCode(422)
                .body("violations.field", contains("campaignID"))
                .body("violations[0].message", equalTo("must be 1 to 64 visible ASCII characters"));
        campaigns.getEncoded(id).then().statusCode(404).body("detail", equalTo(CampaignResource.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%25", "a%2Bb", "a+b", "~!$'()*,;=:@", "%3Cscript%3E", "%22", "..%5C"})
    void anIdIsOpaque(String id) {
        String stored = campaigns
                .putEncoded(id, body(null))
                .then()
                .statusCode(200)
                .extract()
                .path("campaignID");
        campaigns.getEncoded(id).then().statusCode(200).body("campaignID", equalTo(stored));
    }

    @Test
    void anIdHasUpTo64Characters() {
        campaigns.put("x".repeat(64), body(null)).then().statusCode(200);
        campaigns.put("x".repeat(65), body(null)).then().statusCode(422);
        campaigns.get("x".repeat(65)).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 201",
        "limit, ten",
        "cursor, ***",
        "cursor, AA",
        "cursor, w7w",
        "enableWebhooks, yes",
        "enableWebhooks, TRUE"
    })
    void saysWhatIsWrongWithAQuery(String name, String value) {
        as(campaigns.tenant())
                .queryParam(name, value)
                .get(Campaigns.PATH)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", contains(name));
    }

    /** As text, so that escapes stay as they are written. */
    private static String with(String field, String value) throws IOException {
        ObjectNode others = ((ObjectNode) JSON.readTree(body(null))).without(List.of(field));
        return others.toString().replaceFirst("}$", "") + ", \"" + field + "\": " + value + "}";
    }
}
