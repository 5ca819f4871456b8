package dev.tidings.feedback;

/** Why an event was recorded and not sent. */
public enum SkipReason {
    STATUS_NOT_SENT("Events of this feedback status are not sent to webhooks"),
    CAMPAIGN_UNKNOWN("The campaign is not registered in this sandbox"),
    CAMPAIGN_NOT_ENABLED("The campaign has webhooks switched off"),
    NO_WEBHOOK("The sandbox has no webhook"),
    CHANNEL_NOT_SELECTED("The webhook did not select this channel");

    private final String sentence;

    SkipReason(String sentence) {
        this.sentence = sentence;
    }

    /** For people: one sentence without a full stop. */
    public String sentence() {
        return sentence;
    }
}
