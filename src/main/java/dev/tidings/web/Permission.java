package dev.tidings.web;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token may allow its bearer, in the names of Adobe Journey Optimizer where it has one. */
public enum Permission {
    /** See webhooks and campaigns. */
    READ_PRESETS("messages_presets.read"),
    /** Create and change them. */
    WRITE_PRESETS("messages_presets.write"),
    /** Delete them. */
    DELETE_PRESETS("messages_presets.delete"),
    /** Post feedback events. */
    POST_EVENTS("feedback_events.write"),
    /** See the delivery log, payloads included. */
    READ_DELIVERIES("deliveries.read"),
    /** Send again, and send test events. */
    REPLAY_DELIVERIES("deliveries.replay"),
    /** See who did what. */
    READ_AUDIT("audit.read"),
    /** See payloads unmasked, where the operator tells that apart from the delivery log. */
    READ_PAYLOADS("deliveries.read.payload"),
    /** Have one identity's payloads erased. */
    ERASE("personal_data.erase");

    private final String value;

    Permission(String value) {
        this.value = value;
    }

    /** The word in a token's claim. */
    public String value() {
        return value;
    }

    /** Those that are among the words; other words are somebody else's. */
    static Set<Permission> among(Set<String> words) {
        return Arrays.stream(values())
                .filter(permission -> words.contains(permission.value))
                .collect(Collectors.toUnmodifiableSet());
    }
}
