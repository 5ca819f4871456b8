package dev.tidings.queue;

import dev.tidings.feedback.SkipReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a delivery stands; derived from its rows as the head of migration V002 tells, never stored. */
public sealed interface DeliveryState {

    /** Its first attempt, or the first after a redelivery was asked for, is due at that time. */
    record Pending(Instant dueAt) implements DeliveryState {}

    /** A node leases it: an attempt is in flight or about to start. */
    record Delivering() implements DeliveryState {}

    /** An attempt did not succeed; the next one is due at that time. */
    record Retrying(Instant nextAttemptAt) implements DeliveryState {}

    /** The receiver took it. */
    record Delivered() implements DeliveryState {}

    /** It ended without success; {@code reason} is for people. */
    record Failed(String reason) implements DeliveryState {}

    /** It was recorded and never sent. */
    record Skipped(SkipReason reason) implements DeliveryState {}

    /** The word of that state, without its data. */
    default Kind kind() {
        return switch (this) {
            case Pending pending -> Kind.PENDING;
            case Delivering delivering -> Kind.DELIVERING;
            case Retrying retrying -> Kind.RETRYING;
            case Delivered delivered -> Kind.DELIVERED;
            case Failed failed -> Kind.FAILED;
            case Skipped skipped -> Kind.SKIPPED;
        };
    }

    /** The API's word, lower case. */
    default String value() {
        return kind().value();
    }

    /** When the next attempt is due, or {@code null} when none is planned or one is under way. */
    default @Nullable Instant nextAttemptAt() {
        return switch (this) {
            case Pending(Instant dueAt) -> dueAt;
            case Retrying(Instant nextAttemptAt) -> nextAttemptAt;
            case Delivering() -> null;
            case Delivered() -> null;
            case Failed(String reason) -> null;
            case Skipped(SkipReason reason) -> null;
        };
    }

    /** Why it failed or was skipped, one sentence for people; else {@code null}. */
    default @Nullable String reasonInWords() {
        return switch (this) {
            case Failed(String reason) -> reason;
            case Skipped(SkipReason reason) -> reason.sentence();
            case Pending(Instant dueAt) -> null;
            case Delivering() -> null;
            case Retrying(Instant nextAttemptAt) -> null;
            case Delivered() -> null;
        };
    }

    /** The six states by name: what a filter asks for. */
    enum Kind {
        PENDING,
        DELIVERING,
        RETRYING,
        DELIVERED,
        FAILED,
        SKIPPED;

        /** The API's word, lower case. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of that exact word, or empty. */
        public static Optional<Kind> of(String value) {
            return Arrays.stream(values()).filter(k -> k.value().equals(value)).findFirst();
        }
    }
}
