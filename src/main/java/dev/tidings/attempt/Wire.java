package dev.tidings.attempt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way a request took, as far as it came: what many attempts of a webhook have in common, so that it is kept once for
 * all of them.
 *
 * @param address the vetted address that was connected to
 * @param protocol the HTTP version, such as {@code HTTP/1.1}
 */
public record Wire(
        Request request,
        @Nullable String address,
        @Nullable String protocol,
        @Nullable Tls tls) {

    /**
     * What was sent, besides the body.
     *
     * @param custom the webhook's own headers
     * @param own those that Tidings adds; the values of {@code webhook-id}, {@code webhook-timestamp},
     *     {@code webhook-attempt} and {@code traceparent} are each attempt's own, and not here
     */
    public record Request(String url, List<HeaderLine> custom, List<HeaderLine> own) {
        public Request {
            custom = List.copyOf(custom);
            own = List.copyOf(own);
        }

        /** The same without the values of custom headers, which are encrypted wherever they are kept. */
        public Request withoutCustomValues() {
            return new Request(
                    url,
                    custom.stream()
                            .map(line -> new HeaderLine(line.name(), null))
                            .toList(),
                    own);
        }
    }

    /** How the connection was secured. */
    public record Tls(
            String protocol, String cipher, @Nullable Certificate certificate) {}

    /** The certificate that the endpoint showed. */
    public record Certificate(String subject, String issuer, Instant expiresAt) {}

    /** What may be kept in clear. */
    public Wire withoutCustomValues() {
        return new Wire(request.withoutCustomValues(), address, protocol, tls);
    }
}
