package dev.tidings.egress;

import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Fault;

/** Ends an attempt with a fault whose sentence is meant for the delivery log. Has no stack trace: it is a result. */
final class BrokenException extends RuntimeException {
    private final Fault fault;
    private final String sentence;

    BrokenException(Fault fault, String sentence) {
        super(sentence, null, false, false);
        this.fault = fault;
        this.sentence = sentence;
    }

    SendResult.Broken result() {
        return new SendResult.Broken(fault, sentence);
    }
}
