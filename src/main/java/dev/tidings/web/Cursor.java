package dev.tidings.web;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The place where a page ended: a word that callers hand back and do not look into.
 *
 * @param last the id of the page's last item
 */
public record Cursor(UUID last) {

    /** The word for callers: URL-safe Base64 of the id, without padding. */
    public String word() {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The cursor of that word, or empty when no page ever ended so. */
    public static Optional<Cursor> of(String word) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(word);
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            return bytes.length == 2 * Long.BYTES
                    ? Optional.of(new Cursor(new UUID(halves.getLong(), halves.getLong())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
