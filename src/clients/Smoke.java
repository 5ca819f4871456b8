import dev.tidings.client.ApiClient;
import dev.tidings.client.ApiException;
import dev.tidings.client.api.CampaignsApi;
import dev.tidings.client.api.DeliveriesApi;
import dev.tidings.client.api.FeedbackEventsApi;
import dev.tidings.client.api.FeedbackWebhooksApi;
import dev.tidings.client.model.*;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What an administrator and the platform do, with the generated client: java Smoke TIDINGS RECEIVER. */
final class Smoke {
    private static final String ORGANIZATION = "java";
    private static final String SANDBOX = "prod";
    private static final String CAMPAIGN = "order-status";

    public static void main(String[] arguments) throws Exception {
        var client = new ApiClient();
        client.updateBaseUri(arguments[0]);

        Webhook webhook = new FeedbackWebhooksApi(client)
                .createWebhook(FeedbackWebhooksApi.APICreateWebhookRequest.newBuilder()
                        .xGwImsOrgId(ORGANIZATION)
                        .xSandboxName(SANDBOX)
                        .webhookPut(webhook(arguments[1]))
                        .build());
        check(webhook.getState() == Webhook.StateEnum.ACTIVE, "it is active");
        check(Boolean.TRUE.equals(webhook.getAuthentication().getSecretSet()), "its secret is set, and not shown");
        check(webhook.getCreatedAt() != null, "a time is a time");

        Campaign campaign = new CampaignsApi(client)
                .putCampaign(CampaignsApi.APIPutCampaignRequest.newBuilder()
                        .xGwImsOrgId(ORGANIZATION)
                        .xSandboxName(SANDBOX)
                        .campaignID(CAMPAIGN)
                        .campaignPut(new CampaignPut()
                                .name("Order status")
                                .category(CampaignPut.CategoryEnum.TRANSACTIONAL)
                                .campaignType(CampaignPut.CampaignTypeEnum.API_TRIGGERED)
                                .enableWebhooks(true))
                        .build());
        check(Boolean.TRUE.equals(campaign.getEnableWebhooks()), "its webhooks are enabled");

        var events = new FeedbackEventsApi(client);
        for (String id : List.of("java-1", "java-2")) {
            check(post(events, id).getAccepted() == 1, "it is accepted");
        }
        check(post(events, "java-2").getResults().getFirst().getStatus() == Status1.DUPLICATE, "a repeat is a duplicate");

        var deliveries = new DeliveriesApi(client);
        DeliveryPage delivered = delivered(deliveries);
        for (int i = 0; delivered.getItems().size() < 2 && i < 200; i++) {
            Thread.sleep(100);
            delivered = delivered(deliveries);
        }
        check(delivered.getItems().size() == 2 && delivered.getNextCursor() == null, "both are delivered, and no page follows");
        DeliveryDetail detail = detail(deliveries, delivered.getItems().getFirst().getId());
        check(detail.getAttempts().getFirst().getStatusCode() == 200, "the attempt is told");
        check(((Map<?, ?>) detail.getPayload()).get("imsOrg").equals(ORGANIZATION), "so is the payload");
        try {
            detail(deliveries, UUID.fromString("00000000-0000-7000-8000-000000000000"));
            check(false, "what is not there is an error");
        } catch (ApiException e) {
            check(e.getCode() == 404, "a 404");
        }
        System.out.println("delivered "
                + delivered.getItems().stream().map(Delivery::getEventId).sorted().collect(Collectors.joining(" ")));
    }

    private static WebhookPut webhook(String receiver) {
        return new WebhookPut()
                .name("From Java")
                .channels(List.of(WebhookPut.ChannelsEnum.EMAIL, WebhookPut.ChannelsEnum.SMS))
                .url(receiver)
                .authentication(new Authentication()
                        .type(Authentication.TypeEnum.JWT)
                        .algorithm(Authentication.AlgorithmEnum.HS256)
                        .secret("a secret of more than thirty-two bytes")
                        .claims(Map.of("iss", "me", "aud", "you")))
                .headers(List.of(new HeaderParameter().name("X-Team").value("crm")));
    }

    private static Receipt post(FeedbackEventsApi events, String id) throws ApiException {
        return events.postFeedbackEvents(FeedbackEventsApi.APIPostFeedbackEventsRequest.newBuilder()
                .feedbackEvent(new FeedbackEvent()
                        .eventId(id)
                        .requestId("r-1")
                        .imsOrg(ORGANIZATION)
                        .sandbox(new Sandbox().id("s-1").name(SANDBOX))
                        .channel(FeedbackEvent.ChannelEnum.EMAIL)
                        .eventType(FeedbackEvent.EventTypeEnum.MESSAGE_FEEDBACK)
                        .messageExecution(new MessageExecution()
                                .messageExecutionID("m-1")
                                .messageType(MessageExecution.MessageTypeEnum.TRANSACTIONAL)
                                .campaignID(CAMPAIGN)
                                .campaignVersionID("v-1"))
                        .messageDeliveryFeedback(new MessageDeliveryFeedback()
                                .feedbackStatus(new Status().value(Status.ValueEnum.BOUNCE))
                                .retryCount(0))
                        .identityMap(Map.of("email", List.of(new Identity().id("john.doe@luma.com").primary(true)))))
                .build());
    }

    private static DeliveryPage delivered(DeliveriesApi deliveries) throws ApiException {
        return deliveries.listDeliveries(DeliveriesApi.APIListDeliveriesRequest.newBuilder()
                .xGwImsOrgId(ORGANIZATION)
                .xSandboxName(SANDBOX)
                .state("delivered")
                .channel("email")
                .build());
    }

    private static DeliveryDetail detail(DeliveriesApi deliveries, UUID id) throws ApiException {
        return deliveries.getDelivery(DeliveriesApi.APIGetDeliveryRequest.newBuilder()
                .xGwImsOrgId(ORGANIZATION)
                .xSandboxName(SANDBOX)
                .id(id)
                .build());
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
