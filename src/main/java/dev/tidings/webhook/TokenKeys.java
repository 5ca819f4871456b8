package dev.tidings.webhook;

import dev.tidings.webhook.Authentication.Algorithm;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a webhook's tokens are signed with. */
public sealed interface TokenKeys {

    /** The key that signs at that moment. */
    TokenKey at(Instant now);

    /** When another key begins to sign; {@code null}: none is to come. */
    @Nullable
    Instant changesAfter(Instant now);

    /** One that the customer gave. */
    record Given(TokenKey key) implements TokenKeys {
        @Override
        public TokenKey at(Instant now) {
            return key;
        }

        @Override
        public @Nullable Instant changesAfter(Instant now) {
            return null;
        }
    }

    /**
     * Pairs that Tidings made, whose public halves it publishes.
     *
     * @param retired those that were replaced, the latest first
     */
    record Generated(Kept current, List<Retired> retired) implements TokenKeys {
        public Generated {
            retired = List.copyOf(retired);
        }

        @Override
        public TokenKey at(Instant now) {
            return published(now)
                    .filter(kept -> !now.isBefore(kept.signsFrom))
                    .findFirst()
                    .orElse(current)
                    .key;
        }

        @Override
        public @Nullable Instant changesAfter(Instant now) {
            return now.isBefore(current.signsFrom) ? current.signsFrom : null;
        }

        /** What receivers may verify with at that moment, the newest first. */
        Stream<Kept> published(Instant now) {
            return Stream.concat(Stream.of(current), overlap(now).stream().map(Retired::kept));
        }

        /** The retired keys that receivers may still verify with. */
        List<Retired> overlap(Instant now) {
            return retired.stream().filter(old -> now.isBefore(old.until)).toList();
        }

        /** When the last retired key goes; {@code null}: all are gone. */
        @Nullable
        Instant overlapUntil(Instant now) {
            return overlap(now).stream()
                    .map(Retired::until)
                    .max(Instant::compareTo)
                    .orElse(null);
        }
    }

    /**
     * A pair that Tidings made.
     *
     * @param publicKey the Base64 of its SubjectPublicKeyInfo
     * @param signsFrom since when tokens are signed with it: it is published first, for receivers to learn it
     */
    record Kept(TokenKey key, String publicKey, Instant signsFrom) {}

    /** A pair that was replaced, and is published until receivers have no token of it any more. */
    record Retired(Kept kept, Instant until) {}

    /**
     * One key.
     *
     * @param secret the shared secret of an HS algorithm, or the PEM private key (PKCS #8) of another one
     * @param id the token header's {@code kid}, or {@code null}
     */
    record TokenKey(
            Algorithm algorithm, String secret, @Nullable String id) {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "TokenKey[algorithm=" + algorithm + ", secret=***, id=" + id + "]";
        }
    }
}
