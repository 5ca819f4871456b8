package dev.tidings.web;

import static dev.tidings.testing.Tokens.ISSUER;
import static dev.tidings.testing.Tokens.token;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.Tokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(Tokens.Secured.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class TokenFilterTest {
    private static final String WEBHOOKS = "/v1/feedback-webhooks";

    private final String imsOrg = "org-" + UUID.randomUUID();

    /** Stands where the playground stands. */
    @Path("/")
    public static class OpenResource {
        @GET
        @PermitAll
        @Path("dev/open")
        public String playground() {
            return "open";
        }

        /** Forgets to ask for its tenant. */
        @GET
        @Needs(Permission.READ_PRESETS)
        @Path("v1-side/forgetful")
        public String forgetful() {
            return "forgetful";
        }

        @GET
        @Path("v1-side/closed")
        public String closed() {
            return "closed";
        }
    }

    @Test
    void aTokenOpensItsOrganizationsAndNamesTheAuthor() {
        String token = token("ada", "organizations", List.of("other", imsOrg));

        given().header("x-gw-ims-org-id", imsOrg)
                .header("x-sandbox-name", "prod")
                .auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"name\": \"n\", \"channels\": [\"sms\"], \"url\": \"https://hooks.example.com/\"}")
                .post(WEBHOOKS)
                .then()
                .statusCode(201)
                .body("createdBy", equalTo("ada"));
    }

    @Test
    void oneOrganizationMayBeAString() {
        list(token("ada", "organizations", imsOrg)).then().statusCode(200);
    }

    @Test
    void anotherOrganizationIsForbidden() {
        forbidden(token("ada", "organizations", List.of("other")));
        forbidden(token("ada", "organizations", List.of()));
        forbidden(token("ada", "tenants", List.of(imsOrg)));
        forbidden(token("ada", "organizations", imsOrg + "x"));
    }

    @Test
    void aRouteThatDoesNotSayWhatItNeedsIsClosedToEverybody() {
        given().header("x-gw-ims-org-id", imsOrg)
                .auth()
                .oauth2(token("ada", "organizations", List.of(imsOrg)))
                .get("/v1-side/closed")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("No token opens this route"));
    }

    @Test
    void theOrganizationIsLookedAtWhateverTheRouteDoes() {
        String token = token("ada", "organizations", List.of(imsOrg));

        given().auth().oauth2(token).get("/v1-side/forgetful").then().statusCode(400);
        given().auth()
                .oauth2(token)
                .header("x-gw-ims-org-id", "another")
                .get("/v1-side/forgetful")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(token)
                .header("x-gw-ims-org-id", imsOrg)
                .get("/v1-side/forgetful")
                .then()
                .statusCode(200);
    }

    @Test
    void permissionsMayStandInEitherClaim() {
        String array = Tokens.claims(imsOrg)
                .remove("scope")
                .claim("permissions", List.of("other", "messages_presets.read"))
                .sign(Tokens.key());
        String inParts = Tokens.claims(imsOrg)
                .claim("scope", "openid")
                .claim("permissions", "messages_presets.read")
                .sign(Tokens.key());

        list(array).then().statusCode(200);
        list(inParts).then().statusCode(200);
    }

    @Test
    void withoutATokenNothingIsShown() {
        list(null)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("detail", containsString("bearer token is required"));
    }

    static Stream<String> tokensThatDoNotHold() {
        PrivateKey key = Tokens.key();
        Duration long_ = Duration.ofMinutes(5);
        String good = token("ada", "organizations", List.of("o"));
        return Stream.of(
                "nonsense",
                "a.b.c",
                good.substring(0, good.length() - 6) + "AAAAAA",
                "eyJhbGciOiJub25lIn0." + good.split("\\.")[1] + ".",
                token("ada", "organizations", List.of("o"), ISSUER, Duration.ofMinutes(-10), key),
                token("ada", "organizations", List.of("o"), "https://other.example.com", long_, key),
                token("ada", "organizations", List.of("o"), ISSUER, long_, Tokens.foreignKey()));
    }

    @ParameterizedTest
    @MethodSource("tokensThatDoNotHold")
    void aTokenThatDoesNotHoldIsRefused(String token) {
        list(token)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""))
                .body("detail", containsString("not valid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "Token x"})
    void anotherSchemeIsNoToken(String authorization) {
        given().header("x-gw-ims-org-id", imsOrg)
                .header("Authorization", authorization)
                .get(WEBHOOKS)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/jwks.json", "/dev/open", "/q/openapi"})
    void someThingsAreOpen(String path) {
        given().get(path).then().statusCode(200);
        given().auth().oauth2("nonsense").get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/feedback-webhooks",
                "//v1/feedback-webhooks",
                "/v1//feedback-webhooks",
                "/v1/./feedback-webhooks",
                "/dev/../v1/feedback-webhooks",
                "/.well-known/../v1/feedback-webhooks",
                "/dev/%2e%2e/v1/feedback-webhooks",
                "/v1;dev/feedback-webhooks",
                "/v1-side/closed"
            })
    void everythingElseIsClosedHoweverItIsSpelled(String path) {
        int status = given().urlEncodingEnabled(false)
                .header("x-gw-ims-org-id", imsOrg)
                .get(path)
                .statusCode();

        assertThat(status).isIn(401, 404);
    }

    private void forbidden(String token) {
        list(token).then().statusCode(403).contentType("application/problem+json");
    }

    private Response list(@Nullable String token) {
        var request = given().header("x-gw-ims-org-id", imsOrg);
        return (token == null ? request : request.auth().oauth2(token)).get(WEBHOOKS);
    }
}
