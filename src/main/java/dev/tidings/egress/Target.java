package dev.tidings.egress;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes, taken from a webhook's URL.
 *
 * @param host without an IPv6 literal's brackets
 * @param path with the query, in ASCII: what is not is percent-encoded
 */
record Target(boolean tls, String host, int port, String path) {

    static Target of(URI url) {
        String written = url.toASCIIString();
        URI ascii = written.equals(url.toString()) ? url : URI.create(written);
        String host = ascii.getHost();
        if (host == null || !("https".equals(ascii.getScheme()) || "http".equals(ascii.getScheme()))) {
            throw new IllegalArgumentException("not an http(s) URL with a host");
        }
        boolean tls = ascii.getScheme().equals("https");
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = ascii.getPort() != -1 ? ascii.getPort() : tls ? 443 : 80;
        return new Target(tls, bare, port, path(ascii.getRawPath(), ascii.getRawQuery()));
    }

    private static String path(String path, @Nullable String query) {
        String absolute = path.isEmpty() ? "/" : path;
        return query == null ? absolute : absolute + "?" + query;
    }

    /** {@code host:port}, as people write it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
