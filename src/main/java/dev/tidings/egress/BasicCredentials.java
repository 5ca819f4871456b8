package dev.tidings.egress;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The {@code Basic} scheme (RFC 7617). */
final class BasicCredentials {
    private BasicCredentials() {}

    /** The header's value for {@code user:password}. */
    static String of(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
