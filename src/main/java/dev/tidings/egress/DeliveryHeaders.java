package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.webhook.HeaderParameter;
import dev.tidings.webhook.Signing;
import io.vertx.core.MultiMap;
import java.time.Instant;

/**
 * The headers that every delivery carries; the JWT's is put besides. Ours win over custom ones of the same name, and a
 * name or value that HTTP does not allow (a line break would begin a header of its own) ends the attempt.
 */
final class DeliveryHeaders {
    /** What a token may hold besides letters and digits (RFC 9110, 5.6.2). */
    private static final String TOKEN_MARKS = "!#$%&'*+.^_`|~-";

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
        put(headers, "content-type", "application/json; charset=UTF-8");
        put(headers, "user-agent", userAgent);
        put(headers, "webhook-id", outgoing.webhookId());
        put(headers, "webhook-timestamp", timestamp);
        put(headers, "webhook-attempt", Integer.toString(outgoing.attempt()));
        if (outgoing.endpoint().signing() instanceof Signing.Keys keys) {
            put(headers, "webhook-signature", signature(keys, outgoing, now));
        }
        if (outgoing.mode() == Mode.TEST) {
            put(headers, "webhook-test", "true");
        }
        return headers;
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
