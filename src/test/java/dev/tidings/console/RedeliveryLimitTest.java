package dev.tidings.console;

import static dev.tidings.testing.Requests.as;
import static dev.tidings.testing.Requests.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tidings.feedback.Tenant;
import dev.tidings.testing.Postgres;
import dev.tidings.web.ProblemException;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Single redeliveries are as many a minute as the operator allows; who wants more is told of replays. */
@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class RedeliveryLimitTest {
    private static final long SECOND = 1_000_000_000;

    private final Tenant tenant = newTenant();

    @Test
    void whoAsksForTooManyIsToldWhenAndHowElse() {
        int taken = 0;
        Response answer = redeliver(tenant);
        for (; answer.statusCode() == 404 && taken < 1_000; answer = redeliver(tenant)) {
            taken++;
        }

        assertThat(taken).as("a minute's worth, and what came back meanwhile").isBetween(60, 150);
        answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .body("detail", containsString("POST /v1/replays"));
        assertThat(redeliver(newTenant()).statusCode())
                .as("another's is not limited by it")
                .isEqualTo(404);
    }

    @Test
    void aPauseGivesSomeBack() {
        var limit = new RedeliveryLimit(new Config(30));
        for (int i = 0; i < 30; i++) {
            limit.take(tenant, 0);
        }

        assertThatThrownBy(() -> limit.take(tenant, SECOND))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.headers()).containsEntry("Retry-After", "1"));
        limit.take(tenant, 2 * SECOND);
        assertThatThrownBy(() -> limit.take(tenant, 2 * SECOND)).isInstanceOf(ProblemException.class);
    }

    @Test
    void zeroIsNoLimit() {
        var none = new RedeliveryLimit(new Config(0));

        for (int i = 0; i < 1_000; i++) {
            none.take(tenant, 0);
        }
    }

    private record Config(int redeliveriesPerMinute) implements ReplayConfig {
        @Override
        public int ratePerSecond() {
            return 100;
        }

        @Override
        public int highestRatePerSecond() {
            return 1_000;
        }
    }

    private static Response redeliver(Tenant tenant) {
        return as(tenant).post("/v1/deliveries/" + UUID.randomUUID() + "/redeliver");
    }
}
