package dev.tidings.testing;

import static io.restassured.RestAssured.given;

import dev.tidings.feedback.Tenant;
import io.restassured.specification.RequestSpecification;

/** Requests as clients make them. */
public final class Requests {
    private Requests() {}

    /** A request for that tenant. */
    public static RequestSpecification as(Tenant tenant) {
        return given().header("x-gw-ims-org-id", tenant.imsOrg()).header("x-sandbox-name", tenant.sandboxName());
    }
}
