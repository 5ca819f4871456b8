package dev.tidings.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt gave: an answer, or the fault that kept one away. A receiver's 500 is a value, not an exception. */
public sealed interface SendResult {

    /**
     * The receiver answered.
     *
     * @param statusCode of the answer, 100 to 599
     * @param body the start of the answer's body, at most 20 kB, decoded as UTF-8
     * @param retryAfter what {@code Retry-After} asks for, seconds or a date (RFC 9110, 10.2.3), or {@code null}
     */
    record Answered(int statusCode, String body, @Nullable Duration retryAfter) implements SendResult {}

    /**
     * No whole answer came.
     *
     * @param error one sentence for the delivery log: what went wrong, and with which name, address or limit
     */
    record Broken(Fault fault, String error) implements SendResult {}

    /** Where an attempt broke. */
    enum Fault {
        /** The host's name was not resolved. */
        DNS,
        /** The address guard refused where the name leads. */
        FORBIDDEN_ADDRESS,
        /** No connection within its time, or refused. */
        CONNECT,
        /** The handshake, the certificate or the host name's check failed. */
        TLS,
        /** The attempt, with its answer, took too long. */
        TIMEOUT,
        /** The connection ended before the whole answer came, or the answer was not HTTP. */
        PROTOCOL,
        /** The operator's egress proxy could not be used, so that the receiver was not asked: not its fault. */
        PROXY,
        /** The authorization server gave no access token, so that the receiver was not asked. */
        TOKEN,
        /** The request could not be made from the webhook's configuration, for example: the token was not minted. */
        REQUEST
    }
}
