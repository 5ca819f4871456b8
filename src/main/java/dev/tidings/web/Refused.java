package dev.tidings.web;

/**
 * A CDI event: somebody with a valid token asked for what it does not open, and got 403.
 *
 * @param user the name of the token's subject
 * @param route the method that was asked for
 */
public record Refused(String user, String route, Why why) {
    /** What the token lacks. */
    public enum Why {
        PERMISSION,
        ORGANIZATION
    }
}
