package dev.tidings.web;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The condition of a change: the version that the caller has seen (RFC 9110, 13.1.1). */
public sealed interface IfMatch {

    /** No condition, or {@code *}: any version will do. */
    record Any() implements IfMatch {}

    /** One of those versions; weak tags are not among them, since they never match (RFC 9110, 8.8.3.2). */
    record OneOf(Set<String> tags) implements IfMatch {}

    /** One entity tag: weak or not, quoted. */
    Pattern TAG = Pattern.compile("(?<weak>W/)?\"(?<opaque>[\\x21\\x23-\\x7e\\x80-\\xff]*)\"");

    /** A list of them. */
    Pattern TAGS = Pattern.compile(
            "[\\s,]*%1$s(\\s*,[\\s,]*%1$s)*[\\s,]*".formatted("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\""));

    /** The condition of that header's value: 400 when it is none. */
    static IfMatch of(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return new Any();
        }
        if (!TAGS.matcher(header).matches()) {
            throw ProblemException.malformed(List.of(new Violation(
                    "If-Match", "must be * or an entity tag as ETag had it, in double quotes, such as \"3\"")));
        }
        return new OneOf(TAG.matcher(header)
                .results()
                .filter(tag -> tag.group("weak") == null)
                .map(tag -> tag.group("opaque"))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The value of {@code ETag} for that version. */
    static String tag(int version) {
        return "\"" + version + "\"";
    }

    /** 412 unless that version meets the condition. */
    default void require(int version) {
        boolean met = switch (this) {
            case Any any -> true;
            case OneOf oneOf -> oneOf.tags().contains(Integer.toString(version));
        };
        if (!met) {
            throw ProblemException.preconditionFailed("It was changed since: it is at version " + tag(version)
                    + " now. Read it again, and send the change with that in If-Match (weak tags never match)");
        }
    }
}
