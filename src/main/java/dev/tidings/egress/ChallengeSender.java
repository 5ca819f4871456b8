package dev.tidings.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Challenger;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.Signing;
import dev.tidings.webhook.Tls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks a URL by a GET with {@code ?challenge=…}, past the same guard as every delivery. It carries no secret and no
 * header of the webhook's: a URL that has proved nothing gets none. The connection is made as the deliveries' will be.
 */
@ApplicationScoped
class ChallengeSender implements Challenger {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 200;
    /** There is no webhook yet; one client at most is kept for all that ask. */
    private static final UUID NOBODYS = new UUID(0, 0);

    private final WebhookSender sender;

    ChallengeSender(WebhookSender sender) {
        this.sender = sender;
    }

    @Override
    @SuppressWarnings("NullAway") // Mutiny is not annotated: an item may be null.
    public Uni<@Nullable String> ask(URI url, Tls tls) {
        String challenge = UUID.randomUUID().toString();
        var outgoing = new Outgoing(endpoint(asking(url, challenge), tls), challenge, 1, new byte[0], Mode.CHALLENGE);
        return sender.send(outgoing).map(sent -> switch (sent.result()) {
            case Answered answered -> isEcho(answered, challenge) ? null : expected(came(answered));
            case Broken broken -> expected(broken.error());
        });
    }

    /** The query that is there already stays. */
    private static URI asking(URI url, String challenge) {
        return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + "challenge=" + challenge);
    }

    private static Endpoint endpoint(URI url, Tls tls) {
        return new Endpoint(
                NOBODYS,
                new Tenant("", ""),
                0,
                true,
                Set.of(),
                url,
                new Authentication.None(),
                List.of(),
                PayloadVersion.V1,
                new Signing.None(),
                tls);
    }

    private static boolean isEcho(Answered answered, String challenge) {
        String body = answered.body().strip();
        return answered.statusCode() / 100 == 2 && (body.equals(challenge) || challenge.equals(fieldOf(body)));
    }

    private static @Nullable String fieldOf(String body) {
        try {
            return JSON.readTree(body).path("challenge").textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String came(Answered answered) {
        String body = answered.body().strip();
        String start = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
        return "it answered " + answered.statusCode() + (start.isEmpty() ? " without a body" : " with: " + start);
    }

    private static String expected(String came) {
        return "must answer a GET with ?challenge=… by that value, as text or as {\"challenge\": \"…\"}, with status 200: "
                + came;
    }
}
