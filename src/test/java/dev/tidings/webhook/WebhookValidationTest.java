package dev.tidings.webhook;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static dev.tidings.webhook.WebhookBodies.JWT;
import static dev.tidings.webhook.WebhookBodies.PLAIN;
import static dev.tidings.webhook.WebhookBodies.SECRET_32;
import static dev.tidings.webhook.WebhookBodies.ecKey;
import static dev.tidings.webhook.WebhookBodies.rsaKey;
import static dev.tidings.webhook.WebhookBodies.with;
import static dev.tidings.webhook.WebhookBodies.withPrivateKey;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Json;
import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class WebhookValidationTest {
    private static final String PATH = "/v1/feedback-webhooks";

    /** Each row: the field at the top, its value, then the violation's field and a part of its message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name |  | name | is required",
                "name | null | name | is required",
                "name | \"  \" | name | must not be empty",
                "name | 7 | name | must be a string",
                "name | \"a\\u0000b\" | name | must not contain NUL",
                "name | \"a\\nb\" | name | must not contain line breaks",
                "channels |  | channels | must hold at least one of email, sms",
                "channels | [] | channels | must hold at least one of email, sms",
                "channels | \"email\" | channels | must be an array",
                "channels | [\"email\", \"push\"] | channels[1] | must be email or sms",
                "channels | [1] | channels[0] | must be email or sms",
                "channels | [\"sms\", \"sms\"] | channels[1] | is there twice",
                "url |  | url | is required",
                "url | [] | url | must be a string",
                "url | \"http://hooks.example.com/\" | url | must begin with https://",
                "url | \"https://10.0.0.1/\" | url | IP addresses are not called",
                "url | \"https://a\\u0000b/\" | url | must not contain NUL",
                "payloadVersion | \"3\" | payloadVersion | must be \"1\" or \"2\"",
                "payloadVersion | 2 | payloadVersion | must be a string",
                "sendTraceparent | \"yes\" | sendTraceparent | must be true or false",
                "authentication | \"jwt\" | authentication | must be an object",
                "authentication | {} | authentication.type | is required",
                "authentication | {\"type\": \"digest\"} | authentication.type | must be none, basic, oauth2 or jwt",
                "headers | {} | headers | must be an array",
                "headers | [7] | headers[0] | must be an object",
                "headers | [{\"value\": \"v\"}] | headers[0].name | is required",
                "headers | [{\"name\": \"X\"}] | headers[0].value | is required",
                "headers | [{\"name\": \"X\", \"value\": 1}] | headers[0].value | must be a string",
                "signing | true | signing | must be an object",
                "signing | {\"type\": \"ed25519\", \"secret\": \"whsk_AAAA\"} | signing.secret | must be whsk_",
                "signing | {\"type\": \"ed25519\", \"rotate\": 1} | signing.rotate | must be true or false",
                "signing | {\"type\": \"ed25519\", \"overlapSeconds\": -1} | signing.overlapSeconds | from 0 to 604800",
                "signing | {\"type\": \"ed25519\", \"overlapSeconds\": 604801} | signing.overlapSeconds | from 0 to 604800",
                "signing | {\"type\": \"md5\"} | signing.type | must be none, hmac-sha256 or ed25519",
                "signing | {\"type\": \"hmac-sha256\"} | signing.secret | must be whsec_",
                "signing | {\"type\": \"hmac-sha256\", \"secret\": \"whsec_AAAA\"} | signing.secret | 24 to 64",
                "signing | {\"type\": \"hmac-sha256\", \"secret\": \"whsec_!\"} | signing.secret | Base64",
            })
    void refusesAField(String field, String value, String violation, String message) {
        refused(with(PLAIN, field, value == null ? "" : value), violation, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"algorithm\": null | algorithm | is required",
                "\"algorithm\": \"none\" | algorithm | must be one of HS256",
                "\"algorithm\": \"hs256\" | algorithm | must be one of HS256",
                "\"algorithm\": \"HS256\" | secret | is required for HS256",
                "\"algorithm\": \"HS256\", \"secret\": \"short\" | secret | must have at least 32 bytes",
                "\"algorithm\": \"HS256\", \"secret\": 7 | secret | must be a string",
                "\"algorithm\": \"RS256\" | privateKey | is required for RS256",
                "\"algorithm\": \"ES384\", \"privateKey\": \"x\" | privateKey | must be a PEM private key",
                "%s, \"claims\": [] | claims | must be a JSON object",
                "%s, \"claims\": {\"exp\": 1} | claims.exp | is added by Tidings: leave it out",
                "%s, \"claims\": {\"iat\": 1} | claims.iat | is added by Tidings: leave it out",
                "%s, \"claims\": {\"jti\": 1} | claims.jti | is added by Tidings: leave it out",
                "%s, \"claims\": {\"nbf\": 1} | claims.nbf | is added by Tidings: leave it out",
                "%s, \"claims\": {\"a\": null} | claims | must not hold null",
                "%s, \"claims\": {\"a\": [{\"b\": \"\\u0000\"}]} | claims | must not contain NUL",
                "%s, \"claims\": {\"a\": 1e999999999} | claims | a double's range",
                "%s, \"ttlSeconds\": 0 | ttlSeconds | must be a whole number from 1 to 86400",
                "%s, \"ttlSeconds\": 86401 | ttlSeconds | must be a whole number",
                "%s, \"ttlSeconds\": 1.5 | ttlSeconds | must be a whole number",
                "%s, \"ttlSeconds\": 1e999999999 | ttlSeconds | must be a whole number",
                "%s, \"ttlSeconds\": \"300\" | ttlSeconds | must be a whole number",
                "%s, \"keyId\": \"a\\u0000\" | keyId | must not contain NUL",
                "%s, \"headerName\": \"a b\" | headerName | must be letters, digits",
                "%s, \"headerName\": \"Host\" | headerName | must not be Host",
                "%s, \"headerName\": \"webhook-id\" | headerName | must not be webhook-id",
                "%s, \"prefix\": \"a\\r\\nb\" | prefix | must not contain line breaks",
                "%s, \"prefix\": \"Tokén \" | prefix | must be visible ASCII",
                "%s, \"headerName\": \"$x\" | headerName | must not start with . or $",
                "%s, \"claims\": {\"a\": {\"b\": [1, null]}} | claims | must not hold null",
                "%s, \"claims\": {\"a\": 1e-999999999} | claims | a double's range",
                "%s, \"claims\": {\"a\": -1e400} | claims | a double's range",
            })
    void refusesAPartOfJwt(String parts, String violation, String message) {
        String good = "\"algorithm\": \"HS256\", \"secret\": \"" + SECRET_32 + "\"";
        String body = PLAIN.replace(
                "{\"name\"", "{\"authentication\": {\"type\": \"jwt\", " + parts.replace("%s", good) + "}, \"name\"");
        refused(body, "authentication." + violation, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"type\": \"basic\", \"password\": \"p\" | username | is required",
                "\"type\": \"basic\", \"username\": \"a:b\", \"password\": \"p\" | username | must not contain a colon",
                "\"type\": \"basic\", \"username\": \"a\\nb\", \"password\": \"p\" | username | must not contain line breaks",
                "\"type\": \"basic\", \"username\": \"a\" | password | is required",
                "\"type\": \"basic\", \"username\": \"a\", \"password\": \"\" | password | must not be empty",
                "\"type\": \"basic\", \"username\": \"a\", \"password\": \"p\\rq\" | password | must not contain line breaks",
                "\"type\": \"oauth2\", \"clientId\": \"a\", \"clientSecret\": \"s\" | tokenUrl | is required",
                "%o, \"tokenUrl\": \"http://login.example.com/\" | tokenUrl | must begin with https://",
                "%o, \"tokenUrl\": \"https://10.0.0.1/\" | tokenUrl | IP addresses are not called",
                "%o, \"tokenUrl\": \"https://login.example.com:8443/\" | tokenUrl | a port that the operator allows",
                "%t, \"clientSecret\": \"s\", \"clientId\": \" \" | clientId | must not be empty",
                "%t, \"clientId\": \"a\", \"clientSecret\": null | clientSecret | is required",
                "%o, \"tokenUrl\": \"https://login.example.com/t\", \"scope\": \"a\\nb\" | scope | line breaks",
                "%o, \"tokenUrl\": \"https://login.example.com/t\", \"audience\": 7 | audience | must be a string",
                "%o, \"tokenUrl\": \"https://login.example.com/t\", \"clientAuthentication\": \"jwt\" | clientAuthentication | must be basic or body",
                "%j, \"bodyHashClaim\": \"exp\" | bodyHashClaim | there is a claim of that name",
                "%j, \"bodyHashClaim\": \"iss\", \"claims\": {\"iss\": \"me\"} | bodyHashClaim | there is a claim of that name",
                "%j, \"bodyHashClaim\": true | bodyHashClaim | must be a string",
                "%j, \"bodyHashClaim\": \"\" | bodyHashClaim | must not be empty",
                "%j, \"keySource\": \"mine\" | keySource | must be given or generated",
                "%j, \"rotate\": true | rotate | goes with keySource generated only",
                "%j, \"overlapSeconds\": 1 | overlapSeconds | goes with keySource generated only",
                "%g, \"algorithm\": \"ES256\", \"secret\": \"x\" | secret | must be left out",
                "%g, \"algorithm\": \"HS256\" | algorithm | a shared secret can't be published",
                "%g, \"algorithm\": \"ES256\", \"privateKey\": \"x\" | privateKey | must be left out",
                "%g, \"algorithm\": \"ES256\", \"keyId\": \"x\" | keyId | must be left out",
                "%g, \"algorithm\": \"ES256\", \"rotate\": 1 | rotate | must be true or false",
                "%g, \"algorithm\": \"ES256\", \"overlapSeconds\": 604801 | overlapSeconds | from 0 to 604800",
            })
    void refusesAPartOfTheOtherAuthentications(String parts, String violation, String message) {
        String all = parts.replace("%o", "\"type\": \"oauth2\", \"clientId\": \"a\", \"clientSecret\": \"s\"")
                .replace("%t", "\"type\": \"oauth2\", \"tokenUrl\": \"https://login.example.com/t\"")
                .replace("%j", "\"type\": \"jwt\", \"algorithm\": \"HS256\", \"secret\": \"" + SECRET_32 + "\"")
                .replace("%g", "\"type\": \"jwt\", \"keySource\": \"generated\"");
        String body = PLAIN.replace("{\"name\"", "{\"authentication\": {" + all + "}, \"name\"");
        refused(body, "authentication." + violation, message);
    }

    @Test
    void takesEveryAuthentication() {
        taken(with(PLAIN, "authentication", "{\"type\": \"basic\", \"username\": \"ü\", \"password\": \"p:ä\"}"));
        taken(with(
                PLAIN,
                "authentication",
                "{\"type\": \"oauth2\", \"tokenUrl\": \"https://login.example.com/t\", \"clientId\": \"a\","
                        + " \"clientSecret\": \"s\", \"scope\": \"a b\", \"audience\": \"\"}"));
        for (String algorithm : new String[] {"ES256", "ES384", "RS256", "RS384", "RS512", "EdDSA"}) {
            taken(with(
                    PLAIN,
                    "authentication",
                    "{\"type\": \"jwt\", \"keySource\": \"generated\", \"algorithm\": \"" + algorithm + "\"}"));
        }
        refused(
                with(
                        with(
                                PLAIN,
                                "authentication",
                                "{\"type\": \"basic\", \"username\": \"a\", \"password\": \"p\"}"),
                        "headers",
                        "[{\"name\": \"authorization\", \"value\": \"x\"}]"),
                "headers[0].name",
                "the webhook's credentials are sent in this header");
    }

    @Test
    void aClientSecretDoesNotFollowToAnotherServer() {
        String oauth2 = "{\"type\": \"oauth2\", \"tokenUrl\": \"https://login.example.com/t\", \"clientId\": \"a\" %s}";
        Tenant tenant = newTenant();
        String id = as(tenant)
                .body(with(PLAIN, "authentication", oauth2.formatted(", \"clientSecret\": \"s\"")))
                .post(PATH)
                .path("id");
        String kept = with(PLAIN, "authentication", oauth2.formatted(""));

        as(tenant).body(kept).put(PATH + "/" + id).then().statusCode(200);
        for (String other : new String[] {kept.replace("login.", "evil."), kept.replace("\"a\"", "\"b\"")}) {
            as(tenant)
                    .body(other)
                    .put(PATH + "/" + id)
                    .then()
                    .statusCode(422)
                    .body("violations.field", contains("authentication.clientSecret"))
                    .body("violations[0].message", containsString("must be sent again"));
        }
    }

    @Test
    void refusesTheKeyOfAnotherFamily() {
        String authentication = "{\"type\": \"jwt\", \"algorithm\": \"%s\", \"secret\": \"" + SECRET_32
                + "\", \"privateKey\": " + Json.string(rsaKey(2_048)) + "}";

        refused(
                with(PLAIN, "authentication", authentication.formatted("HS256")),
                "authentication.privateKey",
                "does not go with HS256");
        refused(
                with(PLAIN, "authentication", authentication.formatted("RS256")),
                "authentication.secret",
                "does not go with RS256");
        refused(withPrivateKey("ES256", ecKey("secp384r1")), "authentication.privateKey", "P-256");
    }

    /** Numbers keep their digits, and what is deep stays deep. */
    @Test
    void takesWhateverClaimsCanBeSigned() {
        taken(JWT.replace(
                "\"me\"", "[1.50, 1e300, -0.000001, true, {\"deep\": [\"\\ud83d\\ude00\", 12345678901234567890]}]"));
        taken(JWT.replace("\"me\"", "{}"));
    }

    @Test
    void takesEveryKindOfPrivateKey() {
        String rsa = rsaKey(2_048);
        for (String algorithm : new String[] {"RS256", "RS384", "RS512"}) {
            taken(withPrivateKey(algorithm, rsa));
        }
        taken(withPrivateKey("ES256", ecKey("secp256r1")));
        taken(withPrivateKey("ES384", ecKey("secp384r1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "host",
                "Content-Length",
                "Content-Type",
                "Content-Encoding",
                "Transfer-Encoding",
                "Connection",
                "Keep-Alive",
                "Proxy-Authorization",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Upgrade",
                "HTTP2-Settings",
                "Expect",
                "Accept-Encoding",
                "User-Agent",
                "Date",
                "webhook-id",
                "Webhook-Signature",
                "webhook-anything",
                "Traceparent"
            })
    void namesTheReservedHeader(String name) {
        refused(withHeader(name, "v"), "headers[0].name", "must not be " + name + ": Tidings sets this header itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden", "$secret"})
    void refusesADotOrDollarInFront(String name) {
        refused(withHeader(name, "v"), "headers[0].name", "must not start with . or $");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X Team", "X:Team", "X-Téam", "X(1)", ":authority", "X/Y"})
    void refusesWhatIsNoToken(String name) {
        refused(withHeader(name, "v"), "headers[0].name", "must be 1 to 255 letters, digits or any of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "é", "\u0080", "\u007f", "\u0001"})
    void refusesAValueThatWouldBreakTheRequest(String value) {
        refused(withHeader("X-Team", value), "headers[0].value", "visible ASCII characters");
    }

    @Test
    void refusesValuesThatHttpWouldNotCarry() {
        refused(withHeader("X-Team", "a\u0000"), "headers[0].value", "NUL");
        refused(withHeader("X-Team", "a".repeat(4_097)), "headers[0].value", "at most 4,096");
        taken(withHeader("X-Team", "a".repeat(4_096)));
        taken(withHeader("X-Team", ""));
        taken(withHeader("X-Team", "a\tb c"));
    }

    @Test
    void refusesTheSameHeaderTwice() {
        refused(
                with(PLAIN, "headers", "[{\"name\":\"X-A\",\"value\":\"1\"},{\"name\":\"x-a\",\"value\":\"2\"}]"),
                "headers[1].name",
                "must not be there twice");
    }

    @Test
    void theTokensHeaderIsItsOwnWhileJwtIsOn() {
        refused(
                with(JWT, "headers", "[{\"name\": \"authorization\", \"value\": \"Basic x\"}]"),
                "headers[0].name",
                "the JWT is sent in this header");
        taken(withHeader("Authorization", "Basic x"));
    }

    @Test
    void hasLimits() {
        String fifty = "{\"name\":\"X-%d\",\"value\":\"1\"}";
        StringBuilder headers = new StringBuilder(fifty.formatted(0));
        for (int i = 1; i < 50; i++) {
            headers.append(',').append(fifty.formatted(i));
        }
        taken(with(PLAIN, "headers", "[" + headers + "]"));
        refused(with(PLAIN, "headers", "[" + headers + "," + fifty.formatted(50) + "]"), "headers", "at most 50");
        refused(with(PLAIN, "name", Json.string("n".repeat(256))), "name", "at most 255");
        refused(with(PLAIN, "url", Json.string("https://a.b/" + "c".repeat(2_048))), "url", "at most 2,048");
        refused(JWT.replace("\"me\"", Json.string("m".repeat(8_200))), "authentication.claims", "at most 8,192 bytes");
    }

    @Test
    void tellsAllViolationsAtOnce() {
        as(newTenant())
                .body("{\"channels\": [], \"url\": \"http://u@h.example/\", \"headers\": [{\"name\": \"Host\"}]}")
                .post(PATH)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("status", equalTo(422))
                .body("type", equalTo("about:blank"))
                .body("violations.field", contains("name", "channels", "url", "headers[0].value", "headers[0].name"));
    }

    @Test
    void refusesWhatUtf8CannotHold() {
        refused(PLAIN.replace("Order", "\\ud800"), "name", "surrogate");
    }

    @Test
    void ignoresUnknownFields() {
        taken(with(with(PLAIN, "colour", "\"blue\""), "id", "{\"a\": \"\\u0000\"}"));
    }

    private static String withHeader(String name, String value) {
        return with(PLAIN, "headers", "[{\"name\": " + Json.string(name) + ", \"value\": " + Json.string(value) + "}]");
    }

    private static void refused(String body, String field, String message) {
        as(newTenant())
                .body(body)
                .post(PATH)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations", hasSize(1))
                .body("violations[0].field", equalTo(field))
                .body("violations[0].message", containsString(message));
    }

    private static void taken(String body) {
        as(newTenant()).body(body).post(PATH).then().statusCode(201);
    }
}
