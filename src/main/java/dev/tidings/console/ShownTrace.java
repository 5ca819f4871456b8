package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.Trace;
import dev.tidings.attempt.Trace.Timing;
import dev.tidings.attempt.Wire;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How an attempt went, in the API's words. Each part is absent where the attempt did not come so far. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownTrace(
        Request request,
        @Nullable Connection connection,
        Phases timing,
        @Nullable List<ShownHeader> responseHeaders) {

    /** What was sent, besides the body. */
    @Schema(
            name = "AttemptRequest",
            description = "What was sent, besides the body. The values of custom headers are not kept, and tokens and"
                    + " signatures are masked",
            requiredProperties = {"url", "headers"})
    public record Request(String url, List<ShownHeader> headers) {}

    /** The connection that it was sent on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "AttemptConnection",
            description = "What is known of the connection",
            requiredProperties = {"address"})
    public record Connection(
            @Schema(description = "The IP address that the host's name led to, vetted and connected to")
            String address,

            @Schema(description = "Whether an earlier request had used the connection; absent when there was none")
            @Nullable
            Boolean reused,

            @Schema(description = "Such as HTTP/2; absent when no answer came") @Nullable
            String httpVersion,

            @Schema(description = "Such as TLSv1.3") @Nullable
            String tlsProtocol,

            @Schema(description = "Such as TLS_AES_256_GCM_SHA384") @Nullable
            String tlsCipher,

            @Nullable Certificate certificate) {}

    /** The endpoint's certificate. */
    @Schema(
            name = "EndpointCertificate",
            requiredProperties = {"subject", "issuer", "expiresAt"})
    public record Certificate(String subject, String issuer, Instant expiresAt) {}

    /** Where the time went. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AttemptTiming", description = "Where the time went, step by step")
    public record Phases(
            @Schema(description = "Until the host's address was known and vetted") @Nullable
            Integer resolveMillis,

            @Schema(description = "From there until there was a connection to send on, with TLS") @Nullable
            Integer connectMillis,

            @Schema(description = "From there until the answer's status and headers were there") @Nullable
            Integer waitMillis) {}

    /** The headers whose values each attempt has anew. */
    record Own(String webhookId, int attempt, Instant startedAt) {
        private @Nullable String value(String name) {
            return switch (name) {
                case "webhook-id" -> webhookId;
                case "webhook-attempt" -> Integer.toString(attempt);
                case "webhook-timestamp" -> Long.toString(startedAt.getEpochSecond());
                default -> null;
            };
        }

        private ShownHeader fill(HeaderLine line) {
            return new ShownHeader(line.name(), line.value() == null ? value(line.name()) : line.value());
        }
    }

    static ShownTrace of(Trace trace, Own own) {
        Wire.Request request = trace.wire().request();
        List<ShownHeader> headers = Stream.concat(
                        request.custom().stream().map(ShownHeader::of),
                        request.own().stream().map(own::fill))
                .toList();
        return new ShownTrace(
                new Request(request.url(), headers),
                connection(trace),
                phases(trace.timing()),
                trace.timing().answered() == null ? null : ShownHeader.of(trace.answer()));
    }

    private static @Nullable Connection connection(Trace trace) {
        Wire wire = trace.wire();
        Wire.Tls tls = wire.tls();
        Wire.Certificate shown = tls == null ? null : tls.certificate();
        return wire.address() == null
                ? null
                : new Connection(
                        wire.address(),
                        trace.timing().connected() == null ? null : trace.reused(),
                        wire.protocol(),
                        tls == null ? null : tls.protocol(),
                        tls == null ? null : tls.cipher(),
                        shown == null ? null : new Certificate(shown.subject(), shown.issuer(), shown.expiresAt()));
    }

    private static Phases phases(Timing timing) {
        return new Phases(
                timing.resolved(),
                between(timing.resolved(), timing.connected()),
                between(timing.connected(), timing.answered()));
    }

    private static @Nullable Integer between(@Nullable Integer begin, @Nullable Integer end) {
        return begin == null || end == null ? null : end - begin;
    }
}
