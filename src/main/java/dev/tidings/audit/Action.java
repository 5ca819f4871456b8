package dev.tidings.audit;

import java.util.Arrays;
import java.util.Optional;

/** What can be done that is worth remembering. */
public enum Action {
    WEBHOOK_CREATED("webhook.created"),
    WEBHOOK_EDITED("webhook.edited"),
    WEBHOOK_PAUSED("webhook.paused"),
    WEBHOOK_RESUMED("webhook.resumed"),
    WEBHOOK_DELETED("webhook.deleted"),
    WEBHOOK_TESTED("webhook.tested"),
    CAMPAIGN_REGISTERED("campaign.registered"),
    CAMPAIGN_CHANGED("campaign.changed"),
    /** Somebody saw the payload. */
    DELIVERY_READ("delivery.read"),
    DELIVERY_REDELIVERED("delivery.redelivered"),
    REPLAY_CREATED("replay.created"),
    REPLAY_CANCELLED("replay.cancelled"),
    ERASURE_REQUESTED("erasure.requested");

    private final String value;

    Action(String value) {
        this.value = value;
    }

    /** The word in the API and in the database. */
    public String value() {
        return value;
    }

    /** The action of that word, or empty. */
    static Optional<Action> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.value.equals(word))
                .findFirst();
    }
}
