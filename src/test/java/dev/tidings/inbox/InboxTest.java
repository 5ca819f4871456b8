package dev.tidings.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboxTest {

    @Test
    void keepsNoMoreBytesThanItMay() {
        Inbox inbox = new Inbox(100, 10);
        inbox.add(received("aaaa"));
        inbox.add(received("bbbb"));
        inbox.add(received("cccc"));

        assertThat(inbox.newestFirst()).extracting(Received::text).containsExactly("cccc", "bbbb");

        inbox.add(received("longer than all"));
        assertThat(inbox.newestFirst()).isEmpty();

        inbox.add(received("dddd"));
        assertThat(inbox.newestFirst()).hasSize(1);
    }

    @Test
    void forgetsOnRequest() {
        Inbox inbox = new Inbox(1, 8);
        inbox.add(received("aaaa"));
        inbox.clear();
        inbox.add(received("12345678"));

        assertThat(inbox.newestFirst()).hasSize(1);
    }

    @Test
    void theLogShowsTheRequestAndMovesNoCursor() {
        Received received = new Received(
                Instant.EPOCH,
                "POST",
                "/dev/inbox",
                Map.of("webhook-id", List.of("order-7")),
                "{\n  \"a\": null\n}\u001B[2J".getBytes(StandardCharsets.UTF_8));

        assertThat(received.readable()).isEqualTo("""
                        POST /dev/inbox
                        webhook-id: order-7

                        {
                          "a": null
                        }?[2J""");
    }

    private static Received received(String body) {
        return new Received(Instant.EPOCH, "POST", "/", Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
