package dev.tidings.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidings.feedback.Channel;
import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.feedback.FeedbackEvent.Execution;
import dev.tidings.feedback.FeedbackEvent.Failure;
import dev.tidings.feedback.FeedbackEvent.Feedback;
import dev.tidings.feedback.FeedbackEvent.Identity;
import dev.tidings.feedback.FeedbackEvent.Origin;
import dev.tidings.feedback.FeedbackEvent.Transport;
import dev.tidings.feedback.FeedbackStatus;
import dev.tidings.feedback.Payload;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event of the tenant's own that never happened: real in shape, plainly a test in its values. */
final class SampleEvent {
    /** Plain: nothing that an application configures for its own answers may reach a payload. */
    private static final JsonMapper JSON = new JsonMapper();

    private static final String NO_SANDBOX_ID = "00000000-0000-0000-0000-000000000000";

    private final FeedbackEvent event;

    private SampleEvent(FeedbackEvent event) {
        this.event = event;
    }

    /**
     * A bounced email, or a delivered SMS for a webhook that takes no email.
     *
     * @param id makes this test's ids its own
     */
    static SampleEvent of(Tenant tenant, @Nullable String sandboxId, Set<Channel> channels, String id) {
        Origin origin = new Origin(id, null, "test-" + id, tenant, sandboxId == null ? NO_SANDBOX_ID : sandboxId);
        return new SampleEvent(channels.contains(Channel.EMAIL) ? bounce(origin) : delivered(origin));
    }

    /** The bytes of the body in that version. */
    byte[] body(PayloadVersion version) {
        try {
            return JSON.writeValueAsBytes(Payload.of(event, version));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are always written", e);
        }
    }

    private static FeedbackEvent bounce(Origin origin) {
        Failure failure = new Failure("sync", "Ignored", "25", "Admin Failure");
        return new FeedbackEvent(
                origin,
                Channel.EMAIL,
                execution(),
                new Feedback(FeedbackStatus.BOUNCE, null, null, failure, 0, Transport.UNKNOWN),
                null,
                Map.of("email", List.of(new Identity("test.recipient@example.com", true))));
    }

    private static FeedbackEvent delivered(Origin origin) {
        return new FeedbackEvent(
                origin,
                Channel.SMS,
                execution(),
                new Feedback(FeedbackStatus.DELIVERED, null, null, null, null, Transport.UNKNOWN),
                null,
                Map.of("Phone", List.of(new Identity("+15555550100", null))));
    }

    private static Execution execution() {
        return new Execution(
                "HUMA-00000000",
                "transactional",
                "00000000-0000-0000-0000-000000000000",
                "00000000-0000-0000-0000-000000000000",
                null,
                null,
                "ApiTriggered");
    }
}
