package dev.tidings.webhook;

import dev.tidings.webhook.TokenKeys.Generated;
import dev.tidings.webhook.TokenKeys.Given;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An authentication as the API shows it: all but its secret, of which it says that it is set. */
final class ShownAuthentication {
    private ShownAuthentication() {}

    static Map<String, @Nullable Object> of(Endpoint endpoint, Instant now) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        switch (endpoint.authentication()) {
            case Authentication.None none -> map.put("type", "none");
            case Authentication.Basic basic -> {
                map.put("type", "basic");
                map.put("username", basic.username());
                map.put("secretSet", true);
            }
            case Authentication.OAuth2 oauth2 -> show(oauth2, map);
            case Authentication.Jwt jwt -> show(jwt, endpoint, now, map);
        }
        return map;
    }

    private static void show(Authentication.OAuth2 oauth2, Map<String, @Nullable Object> map) {
        map.put("type", "oauth2");
        map.put("tokenUrl", oauth2.tokenUrl().toString());
        map.put("clientId", oauth2.client().id());
        map.put("secretSet", true);
        map.put("clientAuthentication", oauth2.client().inBody() ? "body" : "basic");
        map.put("scope", oauth2.scope());
        map.put("audience", oauth2.audience());
    }

    private static void show(
            Authentication.Jwt jwt, Endpoint endpoint, Instant now, Map<String, @Nullable Object> map) {
        map.put("type", "jwt");
        switch (jwt.keys()) {
            case Given given -> {
                map.put("keySource", "given");
                map.put("algorithm", given.key().algorithm().value());
                map.put("secretSet", true);
                map.put("keyId", given.key().id());
            }
            case Generated generated -> show(generated, endpoint, now, map);
        }
        map.put("claims", jwt.claims());
        map.put("ttlSeconds", jwt.lifetime().toSeconds());
        map.put("headerName", jwt.carrier().headerName());
        map.put("prefix", jwt.carrier().prefix());
        map.put("bodyHashClaim", jwt.bodyHashClaim());
    }

    private static void show(Generated keys, Endpoint endpoint, Instant now, Map<String, @Nullable Object> map) {
        map.put("keySource", "generated");
        map.put("algorithm", keys.current().key().algorithm().value());
        map.put("keyId", keys.current().key().id());
        map.put("keySet", KeySetResource.path(endpoint.id()));
        Instant signsFrom = keys.changesAfter(now);
        if (signsFrom != null) {
            map.put("signsFrom", signsFrom.toString());
        }
        Instant until = keys.overlapUntil(now);
        if (until != null) {
            map.put("overlapUntil", until.toString());
        }
    }
}
