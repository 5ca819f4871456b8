package dev.tidings.console;

/** What the OpenAPI document shows of replays. */
final class ReplayExamples {
    static final String REQUEST = """
            {
              "filter": {"state": "failed", "from": "2026-10-06T18:00:00Z", "to": "2026-10-06T19:00:00Z"},
              "ratePerSecond": 50
            }""";

    static final String DRY_RUN_REQUEST = """
            {
              "filter": {"state": "failed", "from": "2026-10-06T18:00:00Z", "to": "2026-10-06T19:00:00Z"},
              "dryRun": true
            }""";

    static final String DRY_RUN = """
            {"dryRun": true, "counted": 1204, "countedAll": true}""";

    static final String QUEUED = """
            {
              "id": "0199c6a1-02b4-7000-9d0e-51a0c4f7e2b8",
              "state": "queued",
              "filter": {"state": "failed", "from": "2026-10-06T18:00:00Z", "to": "2026-10-06T19:00:00Z"},
              "ratePerSecond": 50,
              "counted": 1204,
              "countedAll": true,
              "replayed": 0,
              "skipped": 0,
              "skippedBecause": [],
              "createdAt": "2026-10-07T12:00:00Z",
              "createdBy": "admin@example.com"
            }""";

    static final String RUNNING = """
            {
              "id": "0199c6a1-02b4-7000-9d0e-51a0c4f7e2b8",
              "state": "running",
              "filter": {"state": "failed", "from": "2026-10-06T18:00:00Z", "to": "2026-10-06T19:00:00Z"},
              "ratePerSecond": 50,
              "counted": 1204,
              "countedAll": true,
              "replayed": 649,
              "skipped": 1,
              "skippedBecause": [{"reason": "An attempt was due or under way already", "deliveries": 1}],
              "cursor": "0199c2f4-7a10-7000-8000-0c5d2f6f1b2a",
              "createdAt": "2026-10-07T12:00:00Z",
              "createdBy": "admin@example.com",
              "startedAt": "2026-10-07T12:00:00.900Z"
            }""";

    static final String PAGE = """
            {
              "items": [
                {
                  "id": "0199c6a1-02b4-7000-9d0e-51a0c4f7e2b8",
                  "state": "completed",
                  "filter": {"state": "failed", "to": "2026-10-07T12:00:00Z"},
                  "ratePerSecond": 50,
                  "counted": 1204,
                  "countedAll": true,
                  "replayed": 1203,
                  "skipped": 1,
                  "skippedBecause": [{"reason": "An attempt was due or under way already", "deliveries": 1}],
                  "cursor": "0199c2f4-7a10-7000-8000-0c5d2f6f1b2a",
                  "createdAt": "2026-10-07T12:00:00Z",
                  "createdBy": "admin@example.com",
                  "startedAt": "2026-10-07T12:00:00.900Z",
                  "endedAt": "2026-10-07T12:00:25.100Z"
                }
              ],
              "nextCursor": null
            }""";

    static final String BAD = """
            {
              "type": "about:blank",
              "title": "Unprocessable Content",
              "status": 422,
              "detail": "The request is not valid: see the violations",
              "violations": [
                {
                  "field": "filter.state",
                  "message": "must not be skipped: what was recorded and never sent can't be sent again"
                }
              ]
            }""";

    static final String BUSY = """
            {
              "type": "about:blank",
              "title": "Conflict",
              "status": 409,
              "detail": "The sandbox has a replay that has not ended, 0199c6a1-02b4-7000-9d0e-51a0c4f7e2b8: wait for its end, or cancel it"
            }""";

    static final String COUNTING = """
            {
              "type": "about:blank",
              "title": "Too Many Requests",
              "status": 429,
              "detail": "Other replays are being counted: try again in a moment"
            }""";

    static final String ENDED = """
            {
              "type": "about:blank",
              "title": "Conflict",
              "status": 409,
              "detail": "Replay 0199c6a1-02b4-7000-9d0e-51a0c4f7e2b8 is completed: there is nothing to cancel"
            }""";

    static final String UNKNOWN = """
            {
              "type": "about:blank",
              "title": "Not Found",
              "status": 404,
              "detail": "This sandbox has no replay 0199c6a1-02b4-7000-9d0e-51a0c4f7e2b8"
            }""";

    private ReplayExamples() {}
}
