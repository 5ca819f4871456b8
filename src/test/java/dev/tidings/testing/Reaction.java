package dev.tidings.testing;

import java.time.Duration;

/** What a receiver does with a request, once it has read it. */
public sealed interface Reaction
        permits StubReceiver.Answer,
                Reaction.Late,
                Reaction.Hang,
                Reaction.Drip,
                Reaction.HangUp,
                Reaction.Pour,
                Reaction.FillHeaders,
                Reaction.EchoChallenge,
                Reaction.GrpcOk {

    /** Answers after that time. */
    record Late(Duration after, StubReceiver.Answer answer) implements Reaction {}

    /** Never answers. */
    record Hang() implements Reaction {}

    /** Answers 200, and then a byte each time, for ever. */
    record Drip(Duration every) implements Reaction {}

    /** Closes the connection without an answer. */
    record HangUp() implements Reaction {}

    /** Answers with that status and a body that never ends, as fast as it is read. */
    record Pour(int status) implements Reaction {}

    /** Answers 200 with that template, in which %s is the query's {@code challenge}. */
    record EchoChallenge(String template) implements Reaction {}

    /** Answers a gRPC call: an empty message, and the status 0 in a trailer. */
    record GrpcOk() implements Reaction {}

    /** Answers 200 with headers of about that size. */
    record FillHeaders(int bytes) implements Reaction {}
}
