package dev.tidings.embedded;

import java.util.Locale;
import java.util.regex.Pattern;

/** What PostgreSQL or the system says when a start fails, and what a person can do about it. */
enum StartAdvice {
    DISK_FULL(
            "no space left on device|disk quota exceeded",
            "The disk is full. Make room and start again; what was accepted is still there."),
    ROOT(
            "unshare|cannot be run as root|\"root\" execution",
            "PostgreSQL does not run as root, and this machine does not allow the user namespace (unshare -U) that would"
                    + " help. Start Tidings as a normal user."),
    NAMELESS_USER(
            "could not look up effective user id",
            "PostgreSQL wants a user with a name. Add the user that Tidings runs as to /etc/passwd."),
    OTHER_VERSION(
            "incompatible with server",
            "The data was written by another major version of PostgreSQL. Dump it with the Tidings that wrote it, or"
                    + " start with another data directory."),
    NO_PERMISSION(
            "permission denied|wrong ownership|invalid permissions|operation not permitted",
            "Some of the data belongs to another user, or lies where programs must not be run (noexec)."),
    PORT_TAKEN(
            "address already in use|could not bind",
            "Another program took the port that was free a moment ago. Start again."),
    NONE("^$a", "");

    /** A pattern, in lower case. */
    private final String signs;

    private final String text;

    StartAdvice(String signs, String text) {
        this.signs = signs;
        this.text = text;
    }

    static StartAdvice on(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        for (StartAdvice advice : values()) {
            if (Pattern.compile(advice.signs).matcher(lower).find()) {
                return advice;
            }
        }
        return NONE;
    }

    /** A sentence with a space after it, or nothing. */
    String text() {
        return text.isEmpty() ? "" : text + " ";
    }
}
