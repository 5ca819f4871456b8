package dev.tidings.egress;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.ClientCertificate;
import dev.tidings.testing.Json;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.Reaction;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import dev.tidings.testing.StubReceiver.Request;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL that is asked has to say that it wants to be called, before anything is saved. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class ChallengeFlowTest {
    private static final String PATH = "/v1/feedback-webhooks";

    private final StubReceiver receiver = StubReceiver.tls();
    private final Tenant tenant = newTenant();

    @AfterEach
    void close() {
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s\n", "{\"challenge\": \"%s\"}"})
    void aUrlThatEchoesIsTaken(String echo) {
        receiver.then(new Reaction.EchoChallenge(echo));

        post(body("/feedback?team=crm", true)).then().statusCode(201);

        Request asked = receiver.awaitRequests(1).getFirst();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.uri()).matches("/feedback\\?team=crm&challenge=[0-9a-f-]{36}");
        assertThat(asked.headers().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .as("no credential, no header of the webhook's")
                .doesNotContain("authorization", "x-team", "webhook-signature");
    }

    @Test
    void aUrlThatAnswersAnythingElseIsRefusedAndNothingIsSaved() {
        receiver.then(new Answer(200, Map.of(), "hello".getBytes(UTF_8)));

        post(body("/feedback", true))
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("url"))
                .body("violations[0].message", containsString("must answer a GET with ?challenge="))
                .body("violations[0].message", containsString("it answered 200 with: hello"));

        as(tenant).get(PATH).then().body("items", hasSize(0));
    }

    @Test
    void anEchoWithAnErrorsStatusIsNone() {
        receiver.then(Answer.of(404));

        post(body("/feedback", true))
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("it answered 404 without a body"));
    }

    @Test
    void aHostThatMustNotBeCalledIsNotAsked() {
        post(body("/feedback", true).replace("localhost:" + port(), "metadata.invalid"))
                .then()
                .statusCode(422)
                .body("violations[0].message", containsString("metadata.invalid"));
    }

    @Test
    void nobodyIsAskedUnlessItIsWanted() {
        post(body("/feedback", false)).then().statusCode(201);

        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void anEditIsAskedBeforeItIsSaved() {
        String id = post(body("/feedback", false)).path("id");
        receiver.then(Answer.of(500));

        as(tenant).body(body("/other", true)).put(PATH + "/" + id).then().statusCode(422);
        as(tenant).get(PATH + "/" + id).then().body("url", equalTo(receiver.url("/feedback")));

        receiver.then(new Reaction.EchoChallenge("%s"));
        as(tenant).body(body("/other", true)).put(PATH + "/" + id).then().statusCode(200);
    }

    /** Who asks for a certificate is asked with the webhook's own. */
    @Test
    void theQuestionIsPutOverTheWebhooksOwnTls() {
        ClientCertificate own = ClientCertificate.of("EC", 60);
        try (var strict = StubReceiver.tlsFor(own)) {
            strict.always(new Reaction.EchoChallenge("%s"));
            String plain = body("/feedback", true).replace(receiver.url(""), strict.url(""));
            String withTls = Json.with(
                    plain,
                    "tls",
                    "{\"clientCertificate\": " + Json.string(own.certificate()) + ", \"clientKey\": "
                            + Json.string(own.key()) + "}");

            post(plain).then().statusCode(422).body("violations[0].field", equalTo("url"));
            assertThat(strict.requests()).isEmpty();
            post(withTls).then().statusCode(201);
            assertThat(strict.requests()).hasSize(1);
        }
    }

    @Test
    void anEditOfNothingIsNotFoundAndAsksNobody() {
        as(tenant)
                .body(body("/other", true))
                .put(PATH + "/0198f5b2-0000-7000-8000-000000000000")
                .then()
                .statusCode(404);

        assertThat(receiver.requests()).isEmpty();
    }

    private Response post(String body) {
        return as(tenant).body(body).post(PATH);
    }

    private String body(String path, boolean challenge) {
        return """
                {"name": "Order status", "channels": ["email"], "url": "%s", "challenge": %s,
                 "headers": [{"name": "X-Team", "value": "crm"}]}
                """.formatted(receiver.url(path), challenge);
    }

    private int port() {
        return receiver.port();
    }
}
