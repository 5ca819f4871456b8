package dev.tidings.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bad input gets its answer, and never takes a neighbour with it. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class FeedbackEventResourceTest {
    private final String sample;

    FeedbackEventResourceTest() throws IOException {
        sample = Files.readString(Path.of("src/docs/samples/email-bounce.json")).replaceAll("\\s+", " ");
    }

    private static ValidatableResponse post(String type, String body) {
        return given().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/feedback-events")
                .then();
    }

    @Test
    void aBadMemberIsRejectedAndItsNeighboursAreTaken() {
        post("application/json", "[" + sample + ",{},\"x\"," + sample + "]")
                .statusCode(202)
                .body("skipped", equalTo(2))
                .body("rejected", equalTo(2))
                .body("results.status", equalTo(List.of("skipped", "rejected", "rejected", "skipped")))
                .body("results[1].reason", containsString("requestId: is required"));
    }

    @Test
    void aBadLineIsRejectedAndTheOthersAreTaken() {
        post("application/x-ndjson", sample + "\n\n{\"broken\":\r\n" + sample + "\n")
                .statusCode(202)
                .body("results.status", equalTo(List.of("skipped", "rejected", "skipped")))
                .body("results[1].reason", containsString("not JSON"));
    }

    @Test
    void anOnlyMemberThatIsBadIsUnprocessable() {
        post("application/json", sample.replace("\"email\",", "\"fax\","))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", hasItem("channel"));
        post("application/json", "[]").statusCode(422);
        post("application/json", "[[]]").statusCode(422);
    }

    @Test
    void whatIsNotJsonIsMalformed() {
        for (String body : List.of("", "{", "[" + sample, "{\"a\":1}{}", "{\"a\":1,\"a\":2}", "nul", "\u0000")) {
            post("application/json", body).statusCode(400).contentType("application/problem+json");
        }
        post("application/json", "[".repeat(100_000)).statusCode(400);
        post("text/plain", sample).statusCode(415);
    }

    @Test
    void moreThanIsTakenAtOnceIsTooLarge() {
        post("application/json", "[" + String.join(",", Collections.nCopies(1_001, "{}")) + "]")
                .statusCode(413)
                .body("detail", containsString("at most 1000"));
        post("application/json", "\"" + "x".repeat(6 * 1024 * 1024) + "\"")
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @Test
    void aStatusThatIsNotSentIsSkippedWithItsReason() {
        String delayed = sample.replace("\"bounce\"", "\"delay\"");

        String reason =
                post("application/json", delayed).statusCode(202).extract().path("results[0].reason");

        assertThat(reason).isEqualTo("Events of this feedback status are not sent to webhooks");
    }

    @Test
    void anUnknownCampaignIsSkippedAndItsEventIdIsTaken() {
        String event = "{\"eventId\":\"once\"," + sample.strip().substring(1);

        post("application/json", event)
                .body("results[0].status", equalTo("skipped"))
                .body("results[0].reason", equalTo("The campaign is not registered in this sandbox"));
        post("application/json", event).body("results[0].status", equalTo("duplicate"));
    }
}
