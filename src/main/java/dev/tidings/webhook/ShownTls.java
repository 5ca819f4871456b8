package dev.tidings.webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A webhook's TLS as the API shows it, with a warning in time. */
final class ShownTls {
    private ShownTls() {}

    static Map<String, @Nullable Object> of(Tls tls, Instant now) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("caCertificates", tls.authorities().isEmpty() ? null : tls.authorities());
        map.put("clientCertificate", tls.client() == null ? null : tls.client().chain());
        map.put("clientKeySet", tls.client() != null);
        if (tls.expiresAt() != null) {
            map.put("expiresAt", tls.expiresAt().toString());
            if (tls.isOver(now)) {
                map.put("warning", "A certificate has expired on " + tls.expiresAt());
            } else if (tls.endsSoon(now)) {
                map.put("warning", "A certificate expires on " + tls.expiresAt());
            }
        }
        return map;
    }
}
