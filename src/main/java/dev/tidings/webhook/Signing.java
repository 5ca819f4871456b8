package dev.tidings.webhook;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether requests carry {@code webhook-signature}, by the Standard Webhooks 1.0.0 specification, and with which keys. */
public sealed interface Signing {

    /** No signature. */
    record None() implements Signing {}

    /**
     * One signature by the current key, and one by each retired key whose end has not come.
     *
     * @param retired the latest first
     */
    record Keys(SigningKey current, List<Retired> retired) implements Signing {
        public Keys {
            retired = List.copyOf(retired);
        }

        /** The keys that sign at that moment, the current one first. */
        public List<SigningKey> at(Instant now) {
            return Stream.concat(Stream.of(current), overlap(now).stream().map(Retired::key))
                    .toList();
        }

        /** Whether one of them takes so long that it should sign on a thread that may be kept. */
        public boolean signsSlowly(Instant now) {
            return at(now).stream().anyMatch(SigningKey.Ed25519.class::isInstance);
        }

        /** The retired keys that still sign at that moment. */
        List<Retired> overlap(Instant now) {
            return retired.stream().filter(old -> now.isBefore(old.until)).toList();
        }

        /** When the last retired key ends; {@code null}: none signs any more. */
        @Nullable
        Instant overlapUntil(Instant now) {
            return overlap(now).stream()
                    .map(Retired::until)
                    .max(Instant::compareTo)
                    .orElse(null);
        }
    }

    /** A key that was replaced, and signs until receivers had time to learn the new one. */
    record Retired(SigningKey key, Instant until) {}

    /** Signs with that key alone. */
    static Signing with(SigningKey key) {
        return new Keys(key, List.of());
    }
}
