package dev.tidings.web;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class ProblemsTest {
    private static final String WEBHOOKS = "/v1/feedback-webhooks";
    private static final int LIMIT = 5 * 1_024 * 1_024;

    /** Resources that go wrong. */
    @Path("/v1/wrong")
    public static class WrongResource {
        @GET
        @Path("surprise")
        public String surprise() {
            throw new IllegalStateException("the inside");
        }

        @GET
        @Path("outage")
        public String outage() {
            throw new IllegalStateException(new ConnectException("db.internal:5432"));
        }

        @GET
        @Path("reset")
        public String reset() {
            throw new IllegalStateException(new SocketException("Connection reset: db.internal:5432"));
        }

        @GET
        @Path("overload")
        public String overload() {
            throw ProblemException.overloaded("Too many", Duration.ofMillis(1_500));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"name\": }",
                "{} {}",
                "{\"a\": 1, \"a\": 2}",
                "nonsense",
                "\u0000",
                "{\"a\": \"\\x\"}"
            })
    void whatIsNoJsonIsSaidWithItsPlace(String body) {
        problem(as(newTenant()).body(body).post(WEBHOOKS).then(), 400)
                .body(
                        "detail",
                        body.isEmpty()
                                ? containsString("empty")
                                : matchesPattern("(?s)The body is not JSON: .*line 1, column \\d+.*"))
                .body("detail", not(containsString("com.fasterxml")))
                .body("detail", not(containsString("StreamRead")));
    }

    @Test
    void whatIsNestedTooDeeplyIsSaidInOurWords() {
        problem(as(newTenant()).body("[".repeat(5_000)).post(WEBHOOKS).then(), 400)
                .body("detail", allOf(containsString("nested too deeply"), not(containsString("StreamRead"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\": 1e99999999999}", "{\"n\": -1e-99999999999}"})
    void aNumberThatNothingHoldsIsNoJson(String body) {
        problem(as(newTenant()).body(body).post(WEBHOOKS).then(), 400)
                .body("detail", equalTo("The body is not JSON: it holds a number whose exponent is too long"));
        problem(as(newTenant()).body(body).post("/v1/feedback-events").then(), 400)
                .body("detail", containsString("exponent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"text\"", "null", "true"})
    void aBodyOfAnotherJsonTypeIsNotValid(String body) {
        problem(as(newTenant()).body(body).post(WEBHOOKS).then(), 422)
                .body("violations[0].message", equalTo("must be a JSON object"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/v1", "/v1/nothing", "/v1/feedback-webhooks/1/2/3", "/q/nothing", "/a/../nothing"})
    void anUnknownAddressIsAProblem(String path) {
        problem(given().accept("text/html").urlEncodingEnabled(false).get(path).then(), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/v1/feedback-webhooks/%zz", "/v1/feedback-webhooks?limit=%zz", "/v1/%c0%ae%c0%ae"})
    void aBrokenAddressIsTheCallersFault(String path) throws IOException {
        String answer = raw(
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nx-gw-ims-org-id: o\r\n" + "Connection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|200) .*").doesNotContain("<html");
    }

    @Test
    void anUnknownMethodNamesTheKnownOnes() {
        problem(as(newTenant()).patch(WEBHOOKS).then(), 405).header("Allow", containsString("POST"));
    }

    @Test
    void anotherMediaTypeIsRefusedBothWays() {
        problem(
                as(newTenant())
                        .contentType("text/plain")
                        .body("{}")
                        .post(WEBHOOKS)
                        .then(),
                415);
        problem(as(newTenant()).accept("text/html").get(WEBHOOKS).then(), 406);
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefused() {
        problem(as(newTenant()).body(new byte[LIMIT + 1]).post(WEBHOOKS).then(), 413);
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefused() throws IOException {
        String head = "POST " + WEBHOOKS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "x-gw-ims-org-id: o\r\nx-sandbox-name: s\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = "10000\r\n" + " ".repeat(65_536) + "\r\n";

        String answer = raw(head + chunk.repeat(LIMIT / 65_536 + 1) + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json", "\"status\":413");
    }

    @Test
    void aBodyAtTheLimitIsRead() {
        String body = " ".repeat(LIMIT - 2) + "{}";

        problem(as(newTenant()).body(body).post(WEBHOOKS).then(), 422);
    }

    @Test
    void aSurpriseTellsItsIdAndNothingOfTheInside() {
        problem(given().get("/v1/wrong/surprise").then(), 500)
                .body("detail", matchesPattern(".*The operator's log has it under [0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"outage", "reset"})
    void anOutagePasses(String kind) {
        problem(given().get("/v1/wrong/" + kind).then(), 503)
                .header("Retry-After", "2")
                .body("detail", not(containsString("db.internal")));
    }

    @Test
    void anOverloadSaysWhenToComeBack() {
        problem(given().get("/v1/wrong/overload").then(), 429).header("Retry-After", "2");
    }

    @ParameterizedTest
    @CsvSource({
        ", prod, x-gw-ims-org-id, is required",
        "org, , x-sandbox-name, is required",
        "' ', prod, x-gw-ims-org-id, must not be empty",
        "é, prod, x-gw-ims-org-id, must hold visible ASCII",
    })
    void saysWhatIsWrongWithATenantHeader(
            @Nullable String imsOrg, @Nullable String sandbox, String field, String message) {
        var request = given();
        if (imsOrg != null) {
            request.header("x-gw-ims-org-id", imsOrg);
        }
        if (sandbox != null) {
            request.header("x-sandbox-name", sandbox);
        }
        problem(request.get(WEBHOOKS + "/1").then(), 400)
                .body("violations.field", contains(field))
                .body("violations[0].message", containsString(message));
    }

    @Test
    void aTenantHeaderHasALimitAndIsThereOnce() {
        String longest = "o".repeat(128);

        given().header("x-gw-ims-org-id", longest).get(WEBHOOKS).then().statusCode(200);
        problem(given().header("x-gw-ims-org-id", longest + "o").get(WEBHOOKS).then(), 400)
                .body("violations[0].message", containsString("at most 128"));
        problem(given().header("x-gw-ims-org-id", "a", "b").get(WEBHOOKS).then(), 400)
                .body("violations[0].message", containsString("once only"));
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("status", equalTo(status))
                .body("title", not(containsString("Error ")));
    }

    /** What the server answers to those bytes, until it closes or is quiet for a while. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(3_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // The server has answered and closed before it was told everything: the answer is there to read.
            }
            StringBuilder answer = new StringBuilder();
            try {
                for (int read = socket.getInputStream().read();
                        read >= 0;
                        read = socket.getInputStream().read()) {
                    answer.append((char) read);
                }
            } catch (IOException e) {
                // Quiet for too long, or reset after the answer: what came is what it said.
            }
            return answer.toString();
        }
    }
}
