package dev.tidings.egress;

import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.attempt.Wire;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.feedback.TraceParent;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Authentication.Carrier;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.HeaderParameter;
import dev.tidings.webhook.Signing;
import dev.tidings.webhook.SigningKey;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers that every delivery carries; the JWT's is put besides. Ours win over custom ones of the same name, and a
 * name or value that HTTP does not allow (a line break would begin a header of its own) ends the attempt.
 */
final class DeliveryHeaders {
    /** What a token may hold besides letters and digits (RFC 9110, 5.6.2). */
    private static final String TOKEN_MARKS = "!#$%&'*+.^_`|~-";

    private static final String CONTENT_TYPE = "application/json; charset=UTF-8";
    private static final String MASK = "•••";

    private final String userAgent;

    DeliveryHeaders(String version) {
        this.userAgent = "Tidings/" + version;
    }

    MultiMap of(Outgoing outgoing, Instant now) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (outgoing.mode() == Mode.CHALLENGE) {
            put(headers, "user-agent", userAgent);
            return headers;
        }
        for (HeaderParameter custom : outgoing.endpoint().headers()) {
            put(headers, custom.name(), custom.value());
        }
        String timestamp = Long.toString(now.getEpochSecond());
        put(headers, "content-type", CONTENT_TYPE);
        put(headers, "user-agent", userAgent);
        put(headers, "webhook-id", outgoing.webhookId());
        put(headers, "webhook-timestamp", timestamp);
        put(headers, "webhook-attempt", Integer.toString(outgoing.attempt()));
        if (outgoing.endpoint().signing() instanceof Signing.Keys keys) {
            put(headers, "webhook-signature", signature(keys, outgoing, now));
        }
        if (outgoing.trace() != null) {
            put(headers, TraceParent.HEADER, outgoing.trace().header());
        }
        if (outgoing.mode() == Mode.TEST) {
            put(headers, "webhook-test", "true");
        }
        return headers;
    }

    /**
     * What {@link #of} sends, and the JWT's header besides, as it may be shown: secrets are masked, and what every attempt
     * has anew is left out.
     */
    Wire.Request shown(Outgoing outgoing) {
        Endpoint endpoint = outgoing.endpoint();
        List<HeaderLine> custom = endpoint.headers().stream()
                .map(header -> new HeaderLine(header.name(), header.secret() ? null : header.value()))
                .toList();
        List<HeaderLine> own = new ArrayList<>();
        own.add(new HeaderLine("content-type", CONTENT_TYPE));
        own.add(new HeaderLine("user-agent", userAgent));
        own.add(new HeaderLine("webhook-id", null));
        own.add(new HeaderLine("webhook-timestamp", null));
        own.add(new HeaderLine("webhook-attempt", null));
        if (endpoint.signing() instanceof Signing.Keys keys) {
            own.add(new HeaderLine("webhook-signature", scheme(keys.current()) + MASK));
        }
        String carrier = endpoint.authentication().header();
        if (carrier != null) {
            own.add(new HeaderLine(carrier, prefix(endpoint.authentication()) + MASK));
        }
        if (outgoing.trace() != null) {
            own.add(new HeaderLine(TraceParent.HEADER, null));
        }
        if (outgoing.mode() == Mode.TEST) {
            own.add(new HeaderLine("webhook-test", "true"));
        }
        return new Wire.Request(endpoint.url().toString(), custom, own);
    }

    private static String prefix(Authentication authentication) {
        return switch (authentication) {
            case Authentication.None none -> "";
            case Authentication.Basic basic -> "Basic ";
            case Authentication.OAuth2 oauth2 -> Carrier.BEARER.prefix();
            case Authentication.Jwt jwt -> jwt.carrier().prefix();
        };
    }

    private static String scheme(SigningKey key) {
        return switch (key) {
            case SigningKey.HmacSha256 hmac -> "v1,";
            case SigningKey.Ed25519 ed25519 -> "v1a,";
        };
    }

    /**
     * Puts it in the place of others of that name. Checked here, and not left to the client: that would find out when it
     * has a connection, and keep it. The fault's sentence never holds the value, which may be a secret.
     */
    static void put(MultiMap headers, String name, String value) {
        if (!isName(name) || !isValue(value)) {
            throw new BrokenException(
                    Fault.REQUEST,
                    "A header can't be sent, its name or value holds characters that HTTP does not allow: "
                            + name.replaceAll("[^\\x21-\\x7e]", "?"));
        }
        headers.set(name, value);
    }

    // Loops, and no patterns: this is asked seven times for every attempt.
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** A field value (RFC 9110, 5.5) in ASCII: no control character but the tab. */
    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String signature(Signing.Keys keys, Outgoing outgoing, Instant now) {
        try {
            return Signature.of(keys.at(now), outgoing.webhookId(), now.getEpochSecond(), outgoing.body());
        } catch (IllegalArgumentException e) {
            throw new BrokenException(Fault.REQUEST, "A signing key is not Base64: nothing was sent");
        }
    }
}
