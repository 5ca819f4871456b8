package dev.tidings.campaign;

/** Examples for the API's description. */
final class CampaignExamples {
    static final String PUT = """
            {
              "name": "Order confirmation",
              "category": "Transactional",
              "campaignType": "ApiTriggered",
              "enableWebhooks": true
            }""";

    private static final String FIELDS = """
              "campaignID": "16f24a15-7e21-477c-848a-d5695ca7f137",
              "name": "Order confirmation",
              "category": "Transactional",
              "campaignType": "ApiTriggered",
              "enableWebhooks": true,
              "createdAt": "2026-10-06T18:22:41.512Z",
              "createdBy": "ada",
              "modifiedAt": "2026-10-06T18:22:41.512Z",
              "modifiedBy": "ada",
            """;

    static final String CAMPAIGN = "{" + FIELDS + "\"warnings\": []}";

    static final String WARNED = "{" + FIELDS + "\"warnings\": [\"" + CampaignResource.NO_WEBHOOK + "\"]}";

    static final String PAGE = "{\"items\": [" + CAMPAIGN + "], \"nextCursor\": null}";

    static final String NOT_ELIGIBLE = """
            {
              "type": "about:blank",
              "title": "Unprocessable Content",
              "status": 422,
              "detail": "The request is not valid: see the violations",
              "violations": [{"field": "enableWebhooks", "message": \"""" + CampaignDraft.ELIGIBLE_ONLY + "\"}]}";

    static final String NOT_FOUND = """
            {
              "type": "about:blank",
              "title": "Not Found",
              "status": 404,
              "detail": \"""" + CampaignResource.NONE + "\"}";

    private CampaignExamples() {}
}
