package dev.tidings.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import dev.tidings.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Tokens.Secured.class)
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class RefusalMetricsTest {
    @Inject
    MeterRegistry registry;

    @Test
    void aTokenThatLacksThePermissionIsCounted() {
        double before = counted("permission");

        get(Tokens.claims("refusals").claim("scope", "deliveries.read").sign(Tokens.key()), "refusals");

        assertThat(counted("permission")).isEqualTo(before + 1);
    }

    @Test
    void aTokenForAnotherOrganizationIsCounted() {
        double before = counted("organization");

        get(Tokens.claims("refusals").sign(Tokens.key()), "others");

        assertThat(counted("organization")).isEqualTo(before + 1);
    }

    private static void get(String token, String organization) {
        given().header("Authorization", "Bearer " + token)
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", "prod")
                .get("/v1/audit")
                .then()
                .statusCode(403);
    }

    private double counted(String lacks) {
        return registry.counter("tidings.refusals", "lacks", lacks, "route", "list")
                .count();
    }
}
