package dev.tidings.console;

/** What the OpenAPI document shows of deliveries. */
final class DeliveryExamples {
    static final String PAGE = """
            {
              "items": [
                {
                  "id": "0199c2f4-7a10-7000-8000-0c5d2f6f1b2a",
                  "eventId": "order-4711-bounce",
                  "webhookId": "0198f5b2-31c7-7d70-9a41-6f0a7c4b1e55",
                  "state": "failed",
                  "reason": "The endpoint answered 404",
                  "channel": "email",
                  "feedbackStatus": "bounce",
                  "campaignID": "16f24a15-7e21-477c-848a-d5695ca7f137",
                  "requestId": "8NoByJneShCdCGRnrGS1t1m3CdA73dhR",
                  "messageExecutionID": "HUMA-26362805",
                  "acceptedAt": "2026-10-06T18:22:41.512Z",
                  "attemptCount": 1,
                  "lastAttemptAt": "2026-10-06T18:22:41.520Z",
                  "lastStatusCode": 404,
                  "lastError": "The endpoint answered 404",
                  "nextAttemptAt": null
                }
              ],
              "nextCursor": "AZnC9HoQcACADF0vbxsqAA"
            }""";

    static final String DETAIL = """
            {
              "id": "0199c2f4-7a10-7000-8000-0c5d2f6f1b2a",
              "eventId": "order-4711-bounce",
              "webhookId": "0198f5b2-31c7-7d70-9a41-6f0a7c4b1e55",
              "state": "retrying",
              "channel": "email",
              "feedbackStatus": "bounce",
              "campaignID": "16f24a15-7e21-477c-848a-d5695ca7f137",
              "requestId": "8NoByJneShCdCGRnrGS1t1m3CdA73dhR",
              "messageExecutionID": "HUMA-26362805",
              "acceptedAt": "2026-10-06T18:22:41.512Z",
              "attemptCount": 1,
              "lastAttemptAt": "2026-10-06T18:22:41.520Z",
              "lastStatusCode": 503,
              "lastError": "The endpoint answered 503",
              "nextAttemptAt": "2026-10-06T18:23:41.601Z",
              "waitingFor": "schedule",
              "payload": {"requestId": "8NoByJneShCdCGRnrGS1t1m3CdA73dhR", "imsOrg": "myImsOrg"},
              "attempts": [
                {
                  "number": 1,
                  "startedAt": "2026-10-06T18:22:41.520Z",
                  "durationMillis": 81,
                  "outcome": "retrying",
                  "statusCode": 503,
                  "error": "The endpoint answered 503",
                  "responseBody": "down for maintenance",
                  "request": {
                    "url": "https://hooks.example.com/feedback",
                    "headers": [
                      {"name": "X-Team"},
                      {"name": "content-type", "value": "application/json; charset=UTF-8"},
                      {"name": "webhook-id", "value": "order-4711-bounce"},
                      {"name": "webhook-attempt", "value": "1"},
                      {"name": "Authorization", "value": "Bearer •••"}
                    ]
                  },
                  "responseHeaders": [{"name": "retry-after", "value": "60"}],
                  "connection": {
                    "address": "203.0.113.7",
                    "reused": true,
                    "httpVersion": "HTTP/2",
                    "tlsProtocol": "TLSv1.3",
                    "tlsCipher": "TLS_AES_256_GCM_SHA384",
                    "certificate": {
                      "subject": "CN=hooks.example.com",
                      "issuer": "CN=Example Issuing CA",
                      "expiresAt": "2027-01-31T23:59:59Z"
                    }
                  },
                  "timing": {"resolveMillis": 0, "connectMillis": 1, "waitMillis": 79}
                }
              ]
            }""";

    static final String REDELIVERY = """
            {
              "id": "0199c2f4-7a10-7000-8000-0c5d2f6f1b2a",
              "state": "pending",
              "attemptCount": 1,
              "nextAttemptAt": "2026-10-07T09:00:00Z"
            }""";

    static final String BAD_QUERY = """
            {
              "type": "about:blank",
              "title": "Unprocessable Content",
              "status": 422,
              "detail": "The request is not valid: see the violations",
              "violations": [{"field": "limit", "message": "must be a number from 1 to 200"}]
            }""";

    static final String UNKNOWN = """
            {
              "type": "about:blank",
              "title": "Not Found",
              "status": 404,
              "detail": "This sandbox has no delivery 0199c2f4-7a10-7000-8000-0c5d2f6f1b2a"
            }""";

    static final String SKIPPED = """
            {
              "type": "about:blank",
              "title": "Conflict",
              "status": 409,
              "detail": "Delivery 0199c2f4-7a10-7000-8000-0c5d2f6f1b2a was recorded and never sent, so there is nothing to send again: The campaign has webhooks switched off"
            }""";

    static final String TOO_MANY = """
            {
              "type": "about:blank",
              "title": "Too Many Requests",
              "status": 429,
              "detail": "This sandbox asks for more than 60 single redeliveries a minute: try again later, or send a whole selection again with POST /v1/replays"
            }""";

    static final String UNKNOWN_WEBHOOK = """
            {
              "type": "about:blank",
              "title": "Not Found",
              "status": 404,
              "detail": "This sandbox has no webhook 0198f5b2-31c7-7d70-9a41-6f0a7c4b1e55"
            }""";

    static final String TEST_DELIVERED = """
            {
              "delivered": true,
              "statusCode": 200,
              "durationMillis": 81,
              "responseBody": "ok",
              "request": {
                "url": "https://hooks.example.com/feedback",
                "headers": [{"name": "webhook-test", "value": "true"}]
              },
              "responseHeaders": [{"name": "content-type", "value": "text/plain"}],
              "connection": {"address": "203.0.113.7", "reused": false, "httpVersion": "HTTP/2", "tlsProtocol": "TLSv1.3"},
              "timing": {"resolveMillis": 12, "connectMillis": 31, "waitMillis": 38},
              "requestBody": {"requestId": "test-0d0f6f5e", "imsOrg": "myImsOrg"}
            }""";

    static final String TEST_BROKEN = """
            {
              "delivered": false,
              "error": "No connection to hooks.example.com:443 within 5 s",
              "durationMillis": 5002,
              "request": {
                "url": "https://hooks.example.com/feedback",
                "headers": [{"name": "webhook-test", "value": "true"}]
              },
              "connection": {"address": "203.0.113.7"},
              "timing": {"resolveMillis": 2},
              "requestBody": {"requestId": "test-0d0f6f5e", "imsOrg": "myImsOrg"}
            }""";

    private DeliveryExamples() {}
}
