package dev.tidings.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a webhook's URL must be: HTTPS, a host name, nothing that hides where it leads. */
final class UrlRules {
    private static final int LONGEST = 2_048;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /**
     * The last label of a host name is never a number (RFC 1123, 2.1; WHATWG URL, "ends in a number"): such a host is an
     * IPv4 address in one of its spellings, decimal, octal, hexadecimal or short.
     */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");

    private static final Pattern HOST_NAME = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");

    private final boolean loopbackAllowed;
    private final Ports ports;

    UrlRules(boolean loopbackAllowed, Ports ports) {
        this.loopbackAllowed = loopbackAllowed;
        this.ports = ports;
    }

    /** What is wrong with that URL, and what would be right; {@code null}: nothing. */
    @Nullable
    String violation(String text) {
        if (text.length() > LONGEST) {
            return "must have at most 2,048 characters, has " + text.length();
        }
        try {
            return violation(new URI(text));
        } catch (URISyntaxException e) {
            return "must be a URL such as https://hooks.example.com/feedback: "
                    + e.getReason().toLowerCase(Locale.ROOT);
        }
    }

    private @Nullable String violation(URI url) {
        String scheme = url.getScheme();
        String authority = url.getRawAuthority();
        if (scheme == null || authority == null) {
            return "must be an absolute URL such as https://hooks.example.com/feedback";
        }
        if (url.getRawUserInfo() != null || authority.contains("@")) {
            return "must not hold a user name or password: use the webhook's authentication";
        }
        if (url.getRawFragment() != null) {
            return "must not have a fragment (#…): it would not be sent";
        }
        String host = url.getHost();
        boolean loopback = loopbackAllowed && host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
        if (!scheme.equals("https") && !(scheme.equals("http") && loopback)) {
            return "must begin with https://; nothing else is called";
        }
        if (!loopback && (host == null || isAddress(host) || isAddress(withoutPort(authority)))) {
            return isAddress(withoutPort(authority))
                    ? "must name its host: IP addresses are not called"
                    : "must have a host name of letters, digits, hyphens and dots (write an international name in"
                            + " its xn-- form)";
        }
        if (!loopback && !HOST_NAME.matcher(host == null ? "" : host).matches()) {
            return "must have a host name without a trailing dot, of at most 63 characters between dots";
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return "must have a port from 1 to 65535, or none";
        }
        return loopback || ports.allowIn(url.getPort())
                ? null
                : "must lead to a port that the operator allows: " + ports;
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || NUMERIC.matcher(host).matches();
    }

    private static String withoutPort(String authority) {
        return authority.startsWith("[") ? authority : authority.replaceFirst(":\\d*$", "");
    }
}
