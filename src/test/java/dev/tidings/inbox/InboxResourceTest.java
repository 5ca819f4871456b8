package dev.tidings.inbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class InboxResourceTest {

    @BeforeEach
    void empty() {
        given().delete("/dev/inbox").then().statusCode(204);
    }

    @Test
    void showsARequestInFull() {
        given().header("X-Team", "crm")
                .contentType(ContentType.JSON)
                .body("{\"a\":1}")
                .post("/dev/inbox/orders?kind=new")
                .then()
                .statusCode(200);

        given().get("/dev/inbox")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].method", equalTo("POST"))
                .body("items[0].path", equalTo("/dev/inbox/orders?kind=new"))
                .body("items[0].headers.'X-Team'", equalTo("crm"))
                .body("items[0].body.a", equalTo(1))
                .body("items[0].receivedAt", endsWith("Z"));
    }

    @Test
    void showsJsonToTheLetter() throws IOException {
        String sample = Files.readString(Path.of("src/docs/samples/email-bounce.json"));
        String odd = "{\"z\":1.50,\"a\":null,\"big\":12345678901234567890123,\"é\":[]}";
        post(sample);
        post(odd);

        String shown = given().get("/dev/inbox").body().asString();

        assertThat(shown).contains(sample).contains(odd);
        assertThat(shown.indexOf(odd)).as("newest first").isLessThan(shown.indexOf(sample));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1} and more", "{\"a\":", "", "plain", "NaN", "{'a':1}"})
    void showsWhatIsNotJsonAsText(String body) {
        given().contentType(ContentType.TEXT)
                .body(body)
                .put("/dev/inbox")
                .then()
                .statusCode(200);

        given().get("/dev/inbox").then().body("items[0].body", equalTo(body)).body("items[0].method", equalTo("PUT"));
    }

    @Test
    void showsBytesThatAreNoText() {
        given().contentType(ContentType.BINARY)
                .body(new byte[] {(byte) 0xFF, 0, 'a'})
                .post("/dev/inbox")
                .then()
                .statusCode(200);

        given().get("/dev/inbox").then().body("items[0].body", equalTo("\u00FF\u0000a"));
    }

    @Test
    void takesARequestWithoutBodyOrType() {
        given().noContentType().post("/dev/inbox").then().statusCode(200);

        given().get("/dev/inbox").then().body("items[0].body", equalTo(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 410, 429, 500, 503})
    void answersTheStatusThatIsAskedFor(int status) {
        given().redirects()
                .follow(false)
                .body("x")
                .post("/dev/inbox?status=" + status)
                .then()
                .statusCode(status);

        given().get("/dev/inbox").then().body("items", hasSize(1));
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        long millis = given().post("/dev/inbox?delayMillis=300").timeIn(TimeUnit.MILLISECONDS);

        assertThat(millis).isGreaterThanOrEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=100", "status=600", "status=no", "delayMillis=-1", "delayMillis=999999999999"})
    void refusesWhatItCantDo(String query) {
        given().post("/dev/inbox?" + query).then().statusCode(400);
    }

    @Test
    void keepsTheLastHundred() {
        for (int i = 0; i < 105; i++) {
            post("{\"number\":" + i + "}");
        }

        given().get("/dev/inbox")
                .then()
                .body("items", hasSize(100))
                .body("items[0].body.number", equalTo(104))
                .body("items[99].body.number", equalTo(5));
    }

    @Test
    void isNotPartOfTheContract() {
        String contract = given().get("/q/generated-openapi?format=json").body().asString();

        assertThat(contract).startsWith("{").doesNotContain("/dev/inbox");
    }

    private static void post(String json) {
        given().contentType(ContentType.JSON)
                .body(json.getBytes(StandardCharsets.UTF_8))
                .post("/dev/inbox")
                .then()
                .statusCode(200);
    }
}
