package dev.tidings.inbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotFoundException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** With nothing configured, as in production, there is no inbox. */
class InboxIsOffTest {
    private final InboxConfig defaults =
            new SmallRyeConfigBuilder().withMapping(InboxConfig.class).build().getConfigMapping(InboxConfig.class);
    private final InboxResource resource = new InboxResource(defaults, new Inbox(defaults), InstantSource.system());

    @Test
    void everyRequestMeetsNothing() {
        HttpServerRequest unread = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("the request must not be read: " + method);
                });

        assertThatThrownBy(() -> resource.post(new byte[0], null, null, unread)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> resource.put(null, "500", null, unread)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(resource::list).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(resource::clear).isInstanceOf(NotFoundException.class);
    }
}
