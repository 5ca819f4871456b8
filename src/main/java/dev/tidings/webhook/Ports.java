package dev.tidings.webhook;

import java.util.List;
import java.util.stream.Collectors;

/** The ports that may be called. */
public record Ports(List<PortRange> ranges) {
    private static final int HTTPS = 443;

    public boolean allow(int port) {
        return ranges.stream().anyMatch(range -> range.contains(port));
    }

    /** For a URL's port, which is -1 when it names none. */
    boolean allowIn(int port) {
        return allow(port == -1 ? HTTPS : port);
    }

    /** As a sentence has it. */
    @Override
    public String toString() {
        boolean one = ranges.size() == 1
                && ranges.getFirst().first() == ranges.getFirst().last();
        return (one ? "port " : "ports ")
                + ranges.stream().map(PortRange::toString).collect(Collectors.joining(", "));
    }
}
