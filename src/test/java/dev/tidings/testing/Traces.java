package dev.tidings.testing;

import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.Trace;
import dev.tidings.attempt.Trace.Timing;
import dev.tidings.attempt.Wire;
import java.time.Instant;
import java.util.List;

/** How attempts went that nobody made. */
public final class Traces {
    private static final Wire.Request REQUEST = new Wire.Request(
            "https://hooks.example.com/feedback",
            List.of(new HeaderLine("X-Api-Key", "hunter2")),
            List.of(new HeaderLine("webhook-id", null), new HeaderLine("Authorization", "Bearer •••")));

    private Traces() {}

    /** Over a connection to that address. */
    public static Trace over(String address) {
        var certificate =
                new Wire.Certificate("CN=hooks.example.com", "CN=Example CA", Instant.parse("2027-01-31T23:59:59Z"));
        var tls = new Wire.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", certificate);
        return new Trace(
                new Wire(REQUEST, address, "HTTP/2", tls),
                new Timing(1, 3, 6),
                true,
                List.of(new HeaderLine("content-type", "text/plain"), new HeaderLine("x-request-id", "4711")));
    }
}
