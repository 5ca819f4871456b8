package dev.tidings.webhook;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A webhook as the engine sees it: an immutable copy of the entity at one version, safe to share between threads.
 *
 * @param id the webhook's
 * @param version counts the webhook's changes; what is derived from an endpoint (tokens) is kept under id and version
 * @param active {@code false} while the webhook is paused: its deliveries wait
 * @param sendTraceparent whether the receiver is told the place in a trace, where there is one
 */
public record Endpoint(
        UUID id,
        Tenant tenant,
        int version,
        boolean active,
        Set<Channel> channels,
        URI url,
        Authentication authentication,
        List<HeaderParameter> headers,
        PayloadVersion payloadVersion,
        Signing signing,
        Tls tls,
        boolean sendTraceparent) {

    /** One whose receiver is told of no trace. */
    public Endpoint(
            UUID id,
            Tenant tenant,
            int version,
            boolean active,
            Set<Channel> channels,
            URI url,
            Authentication authentication,
            List<HeaderParameter> headers,
            PayloadVersion payloadVersion,
            Signing signing,
            Tls tls) {
        this(id, tenant, version, active, channels, url, authentication, headers, payloadVersion, signing, tls, false);
    }

    /** Whether a receiver can't tell the one from the other: what it answered to one, it would to the other. */
    boolean isSentToLike(Endpoint other) {
        return url.equals(other.url)
                && authentication.equals(other.authentication)
                && headers.equals(other.headers)
                && signing.equals(other.signing)
                && tls.equals(other.tls)
                && sendTraceparent == other.sendTraceparent;
    }
}
