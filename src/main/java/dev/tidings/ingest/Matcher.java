package dev.tidings.ingest;

import dev.tidings.campaign.CampaignCache;
import dev.tidings.feedback.FeedbackEvent;
import dev.tidings.feedback.PayloadVersion;
import dev.tidings.feedback.SkipReason;
import dev.tidings.queue.Entry.Match;
import dev.tidings.webhook.WebhookCache;
import jakarta.inject.Singleton;

/** Whether an event is sent, to which webhook, and in which version: asked of memory only. */
@Singleton
class Matcher {
    private final WebhookCache webhooks;
    private final CampaignCache campaigns;

    Matcher(WebhookCache webhooks, CampaignCache campaigns) {
        this.webhooks = webhooks;
        this.campaigns = campaigns;
    }

    /** A match, and the payload version that goes with it: the webhook's of this moment, else the first. */
    record Matched(Match match, PayloadVersion version) {}

    Matched match(FeedbackEvent event) {
        if (!event.feedback().status().isSentToWebhooks()) {
            return skipped(SkipReason.STATUS_NOT_SENT);
        }
        return switch (campaigns.standing(event.tenant(), event.execution().campaignId())) {
            case UNKNOWN -> skipped(SkipReason.CAMPAIGN_UNKNOWN);
            case NOT_ENABLED -> skipped(SkipReason.CAMPAIGN_NOT_ENABLED);
            case ENABLED -> matchWebhook(event);
        };
    }

    private Matched matchWebhook(FeedbackEvent event) {
        WebhookCache.Target target = webhooks.target(event.tenant());
        if (target == null) {
            return skipped(SkipReason.NO_WEBHOOK);
        }
        return target.channels().contains(event.channel())
                ? new Matched(new Match.To(target.webhookId()), target.payloadVersion())
                : skipped(SkipReason.CHANNEL_NOT_SELECTED);
    }

    private static Matched skipped(SkipReason reason) {
        return new Matched(new Match.Skipped(reason), PayloadVersion.V1);
    }
}
