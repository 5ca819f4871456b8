package dev.tidings.web;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.Tokens;
import dev.tidings.web.Routes.Route;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Walks every route of the application, hidden ones too, and knocks with every token that must not open it. */
@QuarkusTest
@TestProfile(Tokens.Secured.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class RoutesTest {
    private static final String ORG = "routes-org";

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    BeanManager beans;

    @Test
    void everyRouteSaysWhoMayCallIt() {
        assertThat(ours()).allSatisfy(route -> {
            boolean open = route.method().isAnnotationPresent(PermitAll.class);
            assertThat(route.method().isAnnotationPresent(Needs.class))
                    .as(route + " has @Needs, or else @PermitAll")
                    .isNotEqualTo(open);
            assertThat(open)
                    .as(route + " is open: only public keys, the description and the playground are")
                    .isEqualTo(route.path().matches("/(\\.well-known/|dev/|q/openapi).*"));
        });
    }

    @Test
    void theDescriptionKnowsThemAllAndTheirPermissions() {
        Map<String, Map<String, Map<String, Object>>> paths =
                given().get("/q/generated-openapi?format=json").jsonPath().get("paths");
        Set<String> described = new TreeSet<>();
        paths.forEach((path, item) -> item.forEach((verb, operation) -> {
            if (path.startsWith("/v1/") && !path.startsWith("/v1/wrong")) {
                described.add(path.replaceAll("\\{[^}]*}", "*") + " " + verb.toUpperCase(Locale.ROOT) + " "
                        + ((List<?>) Objects.requireNonNull(operation.get("security"))));
            }
        }));

        assertThat(described)
                .isEqualTo(guarded().stream()
                        .map(route -> route.path().replaceAll("0198f5b2[0-9a-f-]*", "*") + " " + route.verb()
                                + " [{bearer=[" + permission(route).value() + "]}]")
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void noRouteOpensWithoutAToken() {
        for (Route route : guarded()) {
            assertThat(status(route, null, ORG)).as(route + " without a token").isEqualTo(401);
        }
    }

    @Test
    void noRouteOpensToATokenThatDoesNotHold() {
        for (Route route : guarded()) {
            FalseTokens.all(ORG)
                    .forEach((what, token) -> assertThat(status(route, token, ORG))
                            .as(route + " with a token: " + what)
                            .isEqualTo(401));
        }
    }

    @Test
    void noRouteOpensForAnotherOrganization() {
        for (Route route : guarded()) {
            assertThat(status(route, Tokens.claims("another").sign(Tokens.key()), ORG))
                    .as(route + " for another organization")
                    .isEqualTo(403);
        }
    }

    @Test
    void noRouteOpensWithoutItsPermission() {
        for (Route route : guarded()) {
            String lacking = Tokens.EVERYTHING.replace(permission(route).value(), "");
            Response refused =
                    send(route, Tokens.claims(ORG).claim("scope", lacking).sign(Tokens.key()), ORG);

            assertThat(refused.statusCode())
                    .as(route + " without its permission")
                    .isEqualTo(403);
            assertThat(refused.contentType()).startsWith("application/problem+json");
            assertThat(refused.jsonPath().getString("detail"))
                    .contains(permission(route).value());
            assertThat(refused.header("WWW-Authenticate"))
                    .contains("insufficient_scope", permission(route).value());
        }
    }

    @Test
    void aTokenWithoutAnyPermissionMayDoNothing() {
        for (Route route : guarded()) {
            String bare = Tokens.claims(ORG).remove("scope").sign(Tokens.key());
            assertThat(status(route, bare, ORG)).as(route.toString()).isEqualTo(403);
        }
    }

    @Test
    void everyRouteOpensWithItsPermissionAlone() {
        for (Route route : guarded()) {
            String enough = Tokens.claims(ORG)
                    .claim("scope", "openid " + permission(route).value())
                    .sign(Tokens.key());
            assertThat(status(route, enough, ORG)).as(route.toString()).isNotIn(401, 403);
        }
    }

    private List<Route> ours() {
        return Routes.all(beans).stream()
                .filter(route -> !route.method().getDeclaringClass().getName().contains("Test$"))
                .toList();
    }

    private List<Route> guarded() {
        List<Route> guarded = ours().stream()
                .filter(route -> !route.method().isAnnotationPresent(PermitAll.class))
                .toList();
        assertThat(guarded).hasSizeGreaterThan(10);
        return guarded;
    }

    private static Permission permission(Route route) {
        return route.method().getAnnotation(Needs.class).value();
    }

    private static int status(Route route, @Nullable String token, String imsOrg) {
        return send(route, token, imsOrg).statusCode();
    }

    private static Response send(Route route, @Nullable String token, String imsOrg) {
        Consumes consumes = route.method().getAnnotation(Consumes.class);
        String event =
                "{\"imsOrg\": \"" + imsOrg + "\", \"sandbox\": {\"id\": \"s\", \"name\": \"prod\"}, " + SAMPLE_REST;
        var request = given().header("x-gw-ims-org-id", imsOrg)
                .header("x-sandbox-name", "prod")
                .contentType(consumes == null ? "application/json" : consumes.value()[0]);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return (route.verb().equals("GET") ? request : request.body(event.getBytes(UTF_8)))
                .request(route.verb(), route.path());
    }

    /** Enough of an event for ingest to look at its organization. */
    private static final String SAMPLE_REST = "\"requestId\": \"r\", \"channel\": \"email\","
            + " \"eventType\": \"message.feedback\", \"messageExecution\": {\"messageExecutionID\": \"HUMA-1\","
            + " \"messageType\": \"transactional\", \"campaignID\": \"16f24a15-7e21-477c-848a-d5695ca7f137\","
            + " \"campaignVersionID\": \"16f24a15-7e21-477c-848a-d5695ca7f138\"},"
            + " \"messageDeliveryFeedback\": {\"feedbackStatus\": {\"value\": \"sent\"}, \"offers\": null,"
            + " \"messageExclusion\": null, \"messageFailure\": null, \"retryCount\": 0},"
            + " \"identityMap\": {\"email\": [{\"id\": \"a@example.com\", \"primary\": true}]}}";
}
