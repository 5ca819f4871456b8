package dev.tidings.web;

import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The words that a token has in a claim: an array of strings, or one string. A claim within others is named by its path,
 * as {@code realm_access/roles}; a claim of exactly that name wins, since names may be URLs.
 */
final class ClaimWords {
    private ClaimWords() {}

    /** The words as they are. What is neither a string nor an array of strings has none. */
    static Set<String> of(JsonWebToken token, String path) {
        return words(find(token, path)).collect(Collectors.toUnmodifiableSet());
    }

    /** The words between spaces, as {@code scope} has them (RFC 8693, 4.2). */
    static Set<String> spaced(JsonWebToken token, Collection<String> paths) {
        return paths.stream()
                .flatMap(path -> words(find(token, path)))
                .flatMap(text -> Stream.of(text.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Object find(JsonWebToken token, String path) {
        Object exact = token.getClaim(path);
        String[] names = path.split("/", -1);
        if (exact != null || names.length == 1) {
            return exact;
        }
        Object within = token.getClaim(names[0]);
        for (int i = 1; i < names.length; i++) {
            within = within instanceof Map<?, ?> object ? object.get(names[i]) : null;
        }
        return within;
    }

    private static Stream<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String one -> Stream.of(one);
            case JsonString one -> Stream.of(one.getString());
            case Collection<?> many ->
                many.stream()
                        .map(one -> one instanceof JsonString text ? text.getString() : one)
                        .filter(String.class::isInstance)
                        .map(String.class::cast);
            case null, default -> Stream.empty();
        };
    }
}
