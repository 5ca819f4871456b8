package dev.tidings.webhook;

import dev.tidings.feedback.TraceParent;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a custom header's name and value may be. */
final class HeaderRules {
    /** A token of RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** A field value of RFC 9110, 5.5, without obs-text. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "accept-encoding",
            "date",
            "user-agent",
            "http2-settings",
            TraceParent.HEADER);
    private static final String OWN = "webhook-";

    private HeaderRules() {}

    /** What is wrong with a header's name; {@code null}: nothing. */
    static @Nullable String nameViolation(String name) {
        if (name.startsWith(".") || name.startsWith("$")) {
            return "must not start with . or $";
        }
        if (name.length() > 255 || !TOKEN.matcher(name).matches()) {
            return "must be 1 to 255 letters, digits or any of !#$%&'*+-.^_`|~";
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lower) || lower.startsWith(OWN)) {
            return "must not be " + name + ": Tidings sets this header itself, or it would break the request";
        }
        return null;
    }

    /** What is wrong with a header's value; {@code null}: nothing. */
    static @Nullable String valueViolation(String value) {
        return value.length() <= 4_096 && VALUE.matcher(value).matches()
                ? null
                : "must have at most 4,096 visible ASCII characters, spaces or tabs, and no line breaks";
    }

    /** Whether that is a name that a header could have. */
    static boolean isToken(String name) {
        return TOKEN.matcher(name).matches();
    }
}
