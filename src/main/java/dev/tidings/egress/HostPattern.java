package dev.tidings.egress;

import java.util.Locale;
import java.util.regex.Pattern;

/** A host's name, or with {@code *.} in front all names below it, but not itself. */
public record HostPattern(String name, boolean below) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

    /** Reads {@code hooks.internal} or {@code *.svc.cluster.local}. */
    public static HostPattern of(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        boolean below = lower.startsWith("*.");
        String name = below ? lower.substring(2) : lower;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(text + " is not a host such as hooks.internal or *.svc.cluster.local");
        }
        return new HostPattern(name, below);
    }

    boolean matches(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return below ? lower.endsWith("." + name) : lower.equals(name);
    }
}
