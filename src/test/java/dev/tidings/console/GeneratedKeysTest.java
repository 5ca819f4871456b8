package dev.tidings.console;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.tidings.feedback.Tenant;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Request;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that Tidings makes: receivers verify through the published key set, with a library that had no part in signing. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
@SuppressWarnings("NullAway.Init") // injected
class GeneratedKeysTest {
    private static final String PATH = "/v1/feedback-webhooks";

    @Inject
    ManualClock clock;

    @TestHTTPResource("/")
    URI base;

    private final Tenant tenant = newTenant();
    private final StubReceiver receiver = StubReceiver.plain();

    @AfterEach
    void close() {
        receiver.close();
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "RS256"})
    void aReceiverVerifiesBeforeDuringAndAfterARotation(String algorithm) throws Exception {
        Response created = create(generated(algorithm, ""));
        String first = created.path("authentication.keyId");
        // One that keeps what it fetched, as receivers do, and looks again where it does not know a key.
        var library = library(algorithm, created.path("authentication.keySet"));
        assertThat(kid(verified(library, sent(created)))).isEqualTo(first);

        Response rotated = put(created, generated(algorithm, ", \"rotate\": true, \"overlapSeconds\": 86400"));
        String second = rotated.path("authentication.keyId");
        rotated.then()
                .statusCode(200)
                .body("authentication.keyId", not(equalTo(first)))
                .body("authentication.overlapUntil", notNullValue())
                .body("authentication.signsFrom", notNullValue());
        assertThat(published(created)).containsExactly(second, first);
        // Copies of the key set without the new key may be about.
        assertThat(kid(verified(library, sent(created)))).isEqualTo(first);

        clock.advance(Duration.ofMinutes(10));
        assertThat(kid(verified(library, sent(created)))).isEqualTo(second);
        assertThat(published(created)).containsExactly(second, first);

        clock.advance(Duration.ofDays(1));
        assertThat(published(created)).containsExactly(second);
        as(tenant).get(one(created)).then().body("authentication.overlapUntil", nullValue());
        assertThat(kid(verified(library, sent(created)))).isEqualTo(second);
    }

    @Test
    void withoutAnOverlapTheOldKeyIsOutAtOnce() throws Exception {
        Response created = create(generated("ES256", ""));
        String first = created.path("authentication.keyId");

        Response rotated = put(created, generated("ES256", ", \"rotate\": true"));

        String second = rotated.path("authentication.keyId");
        assertThat(published(created)).containsExactly(second).doesNotContain(first);
        assertThat(kid(sent(created))).isEqualTo(second);
    }

    @Test
    void aPutThatAsksForNothingKeepsTheKeyAndAChangeOfTheAlgorithmDoesNot() {
        Response created = create(generated("ES256", ""));
        String first = created.path("authentication.keyId");

        put(created, generated("ES256", ", \"keyId\": \"" + first + "\""))
                .then()
                .statusCode(200)
                .body("authentication.keyId", equalTo(first));
        put(created, generated("RS256", ", \"overlapSeconds\": 3600"))
                .then()
                .statusCode(200)
                .body("authentication.keyId", not(equalTo(first)));
        assertThat(published(created)).hasSize(2).contains(first);
        put(created, generated("RS256", ", \"overlapSeconds\": 0")).then().statusCode(200);
        assertThat(published(created)).hasSize(1).doesNotContain(first);
    }

    @Test
    void anEd25519TokenVerifiesWithThePublishedKey() throws Exception {
        Response created = create(generated("EdDSA", ""));

        SignedJWT token = sent(created);

        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.EdDSA);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(publicKey(created, kid(token)));
        signature.update(token.getSigningInput());
        assertThat(signature.verify(token.getSignature().decode())).isTrue();
    }

    @Test
    void signingKeysThatTidingsMadeArePublishedToo() throws Exception {
        String body = "{\"name\": \"n\", \"channels\": [\"email\"], \"url\": \"" + receiver.url("/")
                + "\", \"signing\": {\"type\": \"ed25519\"}}";
        Response created = as(tenant).body(body).post(PATH);
        as(tenant).post(one(created) + "/test").then().statusCode(200);
        Request request = receiver.requests().getLast();

        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(publicKey(created, published(created).getFirst()));
        signature.update((request.header("webhook-id") + "." + request.header("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        signature.update(request.bytes());
        assertThat(signature.verify(Base64.getDecoder()
                        .decode(request.header("webhook-signature").substring("v1a,".length()))))
                .isTrue();
    }

    @Test
    void theBodysHashIsInEachToken() throws Exception {
        Response created = create(generated("ES256", ", \"bodyHashClaim\": \"body_sha256\""));
        created.then().statusCode(201).body("authentication.bodyHashClaim", equalTo("body_sha256"));
        var library = library("ES256", created.path("authentication.keySet"));

        for (int i = 0; i < 2; i++) {
            SignedJWT token = sent(created);
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(receiver.requests().getLast().bytes());
            assertThat(verified(library, token).getJWTClaimsSet().getStringClaim("body_sha256"))
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        }
    }

    @Test
    void keySetsAreForAnybodyAndSayNothingOfWhoseTheyAre() {
        Response created = create(generated("RS256", ""));
        String path = created.path("authentication.keySet");

        for (String set : List.of(path, "/.well-known/jwks.json")) {
            Response answer = given().get(set);
            answer.then()
                    .statusCode(200)
                    .contentType("application/json")
                    .header("Cache-Control", "public, max-age=300");
            assertThat(answer.asString()).doesNotContain(tenant.imsOrg(), "\"d\"", "\"p\"", "\"q\"", "PRIVATE");
        }
        given().get(path.replaceAll("[0-9a-f]{8}-", "00000000-"))
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().get("/.well-known/feedback-webhooks/x/jwks.json").then().statusCode(404);
    }

    @Test
    void theSetOfAllHasTheKeysOfEach() {
        clock.advance(Duration.ofSeconds(2));
        String kid = create(generated("ES256", "")).path("authentication.keyId");
        clock.advance(Duration.ofSeconds(2));

        assertThat(given().get("/.well-known/jwks.json").jsonPath().getList("keys.kid"))
                .contains(kid);
    }

    private String generated(String algorithm, String more) {
        return "{\"name\": \"n\", \"channels\": [\"email\"], \"url\": \"" + receiver.url("/")
                + "\", \"authentication\": {\"type\": \"jwt\", \"keySource\": \"generated\", \"algorithm\": \""
                + algorithm + "\", \"claims\": {\"iss\": \"us\"}" + more + "}}";
    }

    private Response create(String body) {
        Response created = as(tenant).body(body).post(PATH);
        created.then().statusCode(201);
        return created;
    }

    private Response put(Response created, String body) {
        return as(tenant).body(body).put(one(created));
    }

    private static String one(Response created) {
        return PATH + "/" + created.path("id");
    }

    private SignedJWT sent(Response created) throws ParseException {
        as(tenant).post(one(created) + "/test").then().statusCode(200);
        return SignedJWT.parse(
                receiver.requests().getLast().header("authorization").substring("Bearer ".length()));
    }

    private static String kid(SignedJWT token) {
        return token.getHeader().getKeyID();
    }

    private static List<String> published(Response created) {
        return given().get("/.well-known/feedback-webhooks/" + created.path("id") + "/jwks.json")
                .jsonPath()
                .getList("keys.kid");
    }

    private PublicKey publicKey(Response created, String kid) throws JoseException, GeneralSecurityException {
        List<Map<String, Object>> keys = given().get(
                        "/.well-known/feedback-webhooks/" + created.path("id") + "/jwks.json")
                .jsonPath()
                .getList("keys");
        return PublicJsonWebKey.Factory.newPublicJwk(keys.stream()
                        .filter(key -> kid.equals(key.get("kid")))
                        .findFirst()
                        .orElseThrow())
                .getPublicKey();
    }

    private DefaultJWTProcessor<SecurityContext> library(String algorithm, String keySet) throws Exception {
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(
                        base.resolve(keySet).toURL())
                .rateLimited(false)
                .build();
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.parse(algorithm), source));
        return processor;
    }

    private static SignedJWT verified(DefaultJWTProcessor<SecurityContext> library, SignedJWT token)
            throws BadJOSEException, JOSEException {
        JWTClaimsSet claims = library.process(token, null);
        assertThat(claims.getIssuer()).isEqualTo("us");
        return token;
    }
}
