package dev.tidings.feedback;

import dev.tidings.feedback.FeedbackEvent.Failure;
import dev.tidings.feedback.FeedbackEvent.Feedback;
import dev.tidings.feedback.FeedbackEvent.Identity;
import dev.tidings.feedback.FeedbackEvent.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events to make payloads of: the two of the samples, and what the tests change in them. */
final class Events {
    private static final Map<String, List<Identity>> JOHN =
            Map.of("email", List.of(new Identity("john.doe@luma.com", true)));

    private Events() {}

    static FeedbackEvent emailBounce() {
        return new FeedbackEvent(
                new FeedbackEvent.Origin(
                        "not shown",
                        null,
                        "8NoByJneShCdCGRnrGS1t1m3CdA73dhR",
                        new Tenant("myImsOrg", "prod"),
                        "068abf40-575e-11ea-8512-9b1bfdb82603"),
                Channel.EMAIL,
                new FeedbackEvent.Execution(
                        "HUMA-26362805",
                        "transactional",
                        "16f24a15-7e21-477c-848a-d5695ca7f137",
                        "2ca10c10-56dd-4505-87cd-fa5da84e7a5d",
                        null,
                        null,
                        null),
                new Feedback(
                        FeedbackStatus.BOUNCE,
                        null,
                        null,
                        new Failure("sync", "Ignored", "25", "Admin Failure"),
                        0,
                        Transport.UNKNOWN),
                null,
                JOHN);
    }

    static FeedbackEvent smsDelivered() {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put("profileAddress", null);
        context.put("profileNumber", "+15555550123");
        return new FeedbackEvent(
                new FeedbackEvent.Origin(
                        null,
                        null,
                        "4f1c2d9e-8d1f-4a57-9f0c-3f3a3c1f7a10",
                        new Tenant("0A1B2C3D4E5F@AdobeOrg", "prod"),
                        "068abf40-575e-11ea-8512-9b1bfdb82603"),
                Channel.SMS,
                new FeedbackEvent.Execution(
                        "UMA-00859153",
                        "transactional",
                        "16f24a15-7e21-477c-848a-d5695ca7f137",
                        "2ca10c10-56dd-4505-87cd-fa5da84e7a5d",
                        "aa440b96-ce65-4ad2-b95d-8c3b51f89bc2",
                        "b9029525-c33a-40f2-a1c1-95f0b8305078",
                        "ApiTriggered"),
                new Feedback(
                        FeedbackStatus.DELIVERED,
                        null,
                        null,
                        null,
                        null,
                        new Transport(null, null, "GSM", "2", "2026-10-06T18:22:41.512Z")),
                context,
                Map.of("Phone", List.of(new Identity("+15555550123", null))));
    }

    /** With everything that an event can say. */
    static FeedbackEvent of(Channel channel) {
        FeedbackEvent sms = smsDelivered();
        var feedback = new Feedback(
                FeedbackStatus.ERROR,
                Map.of("a", 1),
                Map.of("b", 2),
                new Failure("async", "Soft", "20", "Soft Bounce"),
                3,
                new Transport(200, 5_000_000_000L, "GSM", "2", "2026-10-06T18:22:41.512Z"));
        return new FeedbackEvent(
                sms.origin(), channel, sms.execution(), feedback, sms.channelContext(), sms.identityMap());
    }

    /** With nothing but what is required. */
    static FeedbackEvent bare(Channel channel) {
        FeedbackEvent email = emailBounce();
        var feedback = new Feedback(FeedbackStatus.SENT, null, null, null, null, Transport.UNKNOWN);
        return new FeedbackEvent(email.origin(), channel, email.execution(), feedback, null, JOHN);
    }

    static FeedbackEvent about(FeedbackStatus status, @Nullable Failure failure) {
        return of(new Feedback(status, null, null, failure, null, Transport.UNKNOWN), JOHN);
    }

    static FeedbackEvent with(Map<String, @Nullable Object> offers) {
        return of(new Feedback(FeedbackStatus.SENT, offers, null, null, null, Transport.UNKNOWN), JOHN);
    }

    static FeedbackEvent of(Map<String, List<Identity>> identityMap) {
        return of(new Feedback(FeedbackStatus.SENT, null, null, null, null, Transport.UNKNOWN), identityMap);
    }

    private static FeedbackEvent of(Feedback feedback, Map<String, List<Identity>> identityMap) {
        FeedbackEvent email = emailBounce();
        return new FeedbackEvent(email.origin(), Channel.EMAIL, email.execution(), feedback, null, identityMap);
    }
}
