package dev.tidings.egress;

import java.net.URI;

/** A host and a port, as they are configured: {@code proxy.internal:3128}, {@code [2001:db8::1]:3128}. */
public record HostPort(String host, int port) {

    /** What the configuration says; fails with a sentence for the operator. */
    public static HostPort of(String text) {
        String wanted = "must be host:port, is " + text;
        try {
            URI uri = URI.create("any://" + text.strip());
            if (uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65_535 || uri.getUserInfo() != null) {
                throw new IllegalArgumentException(wanted);
            }
            return new HostPort(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wanted, e);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
