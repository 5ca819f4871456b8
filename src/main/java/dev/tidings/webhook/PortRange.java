package dev.tidings.webhook;

/** A port, or all from one to another. */
public record PortRange(int first, int last) {

    /** Reads {@code 443} or {@code 8000-8999}. */
    public static PortRange of(String text) {
        String[] ends = text.strip().split("-", -1);
        try {
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (ends.length <= 2 && first >= 1 && last >= first && last <= 65_535) {
                return new PortRange(first, last);
            }
        } catch (NumberFormatException e) {
            // Told below, as everything else that is no port.
        }
        throw new IllegalArgumentException(text + " is not a port such as 443, or a range such as 8000-8999");
    }

    boolean contains(int port) {
        return first <= port && port <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
