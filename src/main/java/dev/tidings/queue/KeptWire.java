package dev.tidings.queue;

import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.Wire;
import dev.tidings.queue.Settlement.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What an attempt shares with others of its webhook, as the table {@code wire} keeps it.
 *
 * @param answer the headers of an answer that was a success, the values of those that rarely change; empty otherwise
 */
record KeptWire(UUID webhookId, Wire wire, List<HeaderLine> answer) {
    /** Their values are the same from answer to answer; all others would make each answer a wire of its own. */
    private static final Set<String> STEADY = Set.of(
            "content-type", "server", "via", "connection", "keep-alive", "cache-control", "vary", "x-powered-by");

    static KeptWire of(Settlement settlement) {
        boolean success = settlement.outcome() instanceof Outcome.Delivered;
        var trace = settlement.trace();
        return new KeptWire(
                settlement.delivery().webhookId(),
                trace.wire().withoutCustomValues(),
                success ? trace.answer().stream().map(KeptWire::steady).toList() : List.of());
    }

    private static HeaderLine steady(HeaderLine line) {
        return STEADY.contains(line.name()) ? line : new HeaderLine(line.name(), null);
    }

    /** The same on every node, whoever meets it first. 64 bits of a hash: nobody can make two that fall together. */
    long id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
