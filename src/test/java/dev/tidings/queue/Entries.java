package dev.tidings.queue;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.feedback.FeedbackStatus;
import dev.tidings.feedback.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events on their way into the queue, of one tenant and to one webhook. */
record Entries(Tenant tenant, UUID webhookId) {

    /** Without an eventId: nothing can be its duplicate. */
    Entry plain() {
        return entry(null, "request-1");
    }

    /** With the caller's eventId. */
    Entry named(String eventId) {
        return entry(eventId, "request-1");
    }

    /** With a character that PostgreSQL's text can't hold: its row is refused. */
    Entry bad() {
        return entry(null, "request\u0000");
    }

    private Entry entry(@Nullable String eventId, String requestId) {
        Instant now = Instant.now();
        var event = new FeedbackEvent(
                new FeedbackEvent.Origin(eventId, null, requestId, tenant, "sandbox-1"),
                Channel.EMAIL,
                new FeedbackEvent.Execution("HUMA-1", "transactional", "campaign-1", "version-1", null, null, null),
                new FeedbackEvent.Feedback(
                        FeedbackStatus.SENT, null, null, null, null, FeedbackEvent.Transport.UNKNOWN),
                null,
                Map.of("email", List.of(new FeedbackEvent.Identity("a@b.c", null))));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return new Entry(UuidV7.at(now), now, event, new Entry.Match.To(webhookId), body);
    }
}
