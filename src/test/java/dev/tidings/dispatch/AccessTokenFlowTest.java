package dev.tidings.dispatch;

import static dev.tidings.testing.Requests.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Postgres;
import dev.tidings.testing.ReadyTenant;
import dev.tidings.testing.StubReceiver;
import dev.tidings.testing.StubReceiver.Answer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries whose credentials come from an authorization server, and what its outage does to them: nothing is lost. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class AccessTokenFlowTest {
    @Inject
    ManualClock clock;

    private final StubReceiver receiver = StubReceiver.tls();
    private final StubReceiver server = StubReceiver.tls();
    private ReadyTenant tenant;

    @BeforeEach
    void configure() {
        tenant = ReadyTenant.of(
                receiver,
                Map.of(
                        "authentication",
                        Map.of(
                                "type", "oauth2",
                                "tokenUrl", server.url("/token"),
                                "clientId", "tidings",
                                "clientSecret", "s3cret")));
    }

    @AfterEach
    void close() {
        receiver.close();
        server.close();
    }

    private static Answer token(String token) {
        String body = "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}";
        return new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private List<Map<String, Object>> attempts() {
        String id = tenant.deliveries("").getString("items[0].id");
        return as(tenant.tenant()).get("/v1/deliveries/" + id).path("attempts");
    }

    @Test
    void oneTokenServesManyDeliveries() {
        server.always(token("t1"));
        for (int i = 0; i < 20; i++) {
            tenant.post(1);
        }

        assertThat(receiver.awaitRequests(20)).allMatch(request -> "Bearer t1".equals(request.header("authorization")));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a401FetchesAnotherTokenAndTriesOnceMoreAtOnce() {
        server.then(token("t1")).then(token("t2"));
        receiver.then(Answer.of(401));

        tenant.post(1);

        assertThat(receiver.awaitRequests(2))
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer t1", "Bearer t2");
        tenant.awaitState("delivered");
    }

    @Test
    void anOutageOfTheAuthorizationServerIsARetryWithItsOwnReason() {
        server.then(Answer.of(503)).then(token("t1"));

        tenant.post(1);
        tenant.awaitState("retrying");

        assertThat(receiver.requests()).isEmpty();
        assertThat(String.valueOf(attempts().getFirst().get("error")))
                .contains("No access token from localhost:", "the receiver was not asked: it answered 503");
        clock.advance(Duration.ofSeconds(73));
        tenant.awaitState("delivered");
        assertThat(receiver.requests()).hasSize(1);
    }
}
