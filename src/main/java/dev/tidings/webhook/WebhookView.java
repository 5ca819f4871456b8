package dev.tidings.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.feedback.Channel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook as the API shows it: all but its secrets, of which it says that they are set. */
@Schema(name = "Webhook")
record WebhookView(
        UUID id,
        String imsOrg,
        String sandboxName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sandboxId,
        String name,
        @Schema(enumeration = {"email", "sms"}) List<String> channels,
        String url,

        @Schema(implementation = AuthenticationPut.class) Map<String, @Nullable Object> authentication,

        List<Header> headers,
        String payloadVersion,
        @Schema(implementation = WebhookPut.Signing.class) Map<String, @Nullable Object> signing,
        @Schema(implementation = TlsPut.class) Map<String, @Nullable Object> tls,
        boolean sendTraceparent,
        @Schema(enumeration = {"active", "paused"}) String state,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Why it is paused, when it was not a person who paused it")
        @Nullable
        String stateReason,

        Health health,
        Instant createdAt,
        String createdBy,
        Instant modifiedAt,
        String modifiedBy) {

    static WebhookView of(Webhook row, Endpoint endpoint, Health health, Instant now) {
        return new WebhookView(
                row.id,
                row.imsOrg,
                row.sandboxName,
                row.sandboxId,
                row.name,
                endpoint.channels().stream().map(Channel::value).toList(),
                row.url,
                ShownAuthentication.of(endpoint, now),
                endpoint.headers().stream().map(Header::of).toList(),
                row.payloadVersion,
                shown(endpoint.signing(), now),
                ShownTls.of(endpoint.tls(), now),
                row.sendTraceparent,
                row.state,
                row.stateReason,
                health,
                row.createdAt,
                row.createdBy,
                row.modifiedAt,
                row.modifiedBy);
    }

    private static Map<String, @Nullable Object> shown(Signing signing, Instant now) {
        if (!(signing instanceof Signing.Keys keys)) {
            return typed("none");
        }
        Map<String, @Nullable Object> map = typed(keys.current().type());
        map.put("secretSet", true);
        if (keys.current() instanceof SigningKey.Ed25519 key) {
            map.put("publicKey", Ed25519Keys.publicKey(key));
        }
        Instant until = keys.overlapUntil(now);
        if (until != null) {
            map.put("overlapUntil", until.toString());
        }
        return map;
    }

    private static Map<String, @Nullable Object> typed(String type) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", type);
        return map;
    }

    /** A header as it is shown: a secret one without its value. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ShownHeader")
    record Header(
            String name,
            @Nullable String value,

            @Schema(description = "true: the value is write-only") @Nullable
            Boolean secret) {
        static Header of(HeaderParameter header) {
            return header.secret()
                    ? new Header(header.name(), null, true)
                    : new Header(header.name(), header.value(), null);
        }
    }

    /** The inventory. */
    @Schema(name = "WebhookList")
    record Inventory(List<WebhookView> items) {}
}
