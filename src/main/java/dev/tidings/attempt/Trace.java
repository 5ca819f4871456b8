package dev.tidings.attempt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt went, besides its result.
 *
 * @param reused whether an earlier request had used the connection
 * @param answer the answer's headers, bounded; empty when none came
 */
public record Trace(Wire wire, Timing timing, boolean reused, List<HeaderLine> answer) {
    public Trace {
        answer = List.copyOf(answer);
    }

    /** Of an attempt that ended before anything was done for it. */
    public static Trace unsent(String url) {
        var wire = new Wire(new Wire.Request(url, List.of(), List.of()), null, null, null);
        return new Trace(wire, new Timing(null, null, null), false, List.of());
    }

    /**
     * When the attempt came how far, in milliseconds from its start; {@code null}: it did not come so far.
     *
     * @param resolved the host's address was known and vetted
     * @param connected there was a connection to send on, its TLS handshake done; the token was minted before
     * @param answered the answer's status and headers were there
     */
    public record Timing(
            @Nullable Integer resolved,
            @Nullable Integer connected,
            @Nullable Integer answered) {}
}
