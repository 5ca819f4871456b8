package dev.tidings.egress;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.Tenant;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Endpoint;
import dev.tidings.webhook.HeaderParameter;
import dev.tidings.webhook.Signing;
import dev.tidings.webhook.Tls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Webhooks to try the sender with, and what is sent to them. */
final class Endpoints {
    static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private Endpoints() {}

    /** The same webhook for the same URL. */
    static Endpoint plain(String url) {
        UUID id = UUID.nameUUIDFromBytes(url.getBytes(StandardCharsets.UTF_8));
        return of(id, url, new Authentication.None(), List.of(), new Signing.None());
    }

    static Endpoint with(String url, Authentication authentication) {
        return of(url, authentication, List.of(), new Signing.None());
    }

    static Endpoint with(String url, List<HeaderParameter> headers) {
        return of(url, new Authentication.None(), headers, new Signing.None());
    }

    static Endpoint with(String url, Signing signing) {
        return of(url, new Authentication.None(), List.of(), signing);
    }

    static Endpoint of(String url, Authentication authentication, List<HeaderParameter> headers, Signing signing) {
        return of(UUID.randomUUID(), url, authentication, headers, signing);
    }

    private static Endpoint of(
            UUID id, String url, Authentication authentication, List<HeaderParameter> headers, Signing signing) {
        return new Endpoint(
                id,
                new Tenant("org", "prod"),
                0,
                true,
                Set.of(Channel.EMAIL),
                URI.create(url),
                authentication,
                headers,
                PayloadVersion.V1,
                signing,
                Tls.USUAL);
    }

    /** The same webhook with TLS settings of its own. */
    static Endpoint with(Endpoint e, Tls tls) {
        return new Endpoint(
                e.id(),
                e.tenant(),
                e.version() + 1,
                e.active(),
                e.channels(),
                e.url(),
                e.authentication(),
                e.headers(),
                e.payloadVersion(),
                e.signing(),
                tls);
    }

    /** The same webhook after a change. */
    static Endpoint changed(Endpoint e) {
        return with(e, e.tls());
    }

    static Outgoing attempt(Endpoint endpoint, Outgoing.Mode mode) {
        return new Outgoing(endpoint, "msg_1", 3, BODY, mode);
    }
}
