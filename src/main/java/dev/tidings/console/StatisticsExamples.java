package dev.tidings.console;

/** What the OpenAPI document shows of statistics. */
final class StatisticsExamples {
    static final String DAY = """
            {
              "from": "2026-10-06T00:00:00Z",
              "to": "2026-10-07T00:00:00Z",
              "interval": "day",
              "asOf": "2026-10-07T09:00:04.118Z",
              "accepted": 1204,
              "states": {
                "pending": 0,
                "delivering": 1,
                "retrying": 3,
                "delivered": 1150,
                "failed": 10,
                "skipped": 40
              },
              "channels": {"email": 904, "sms": 300},
              "feedbackStatuses": {"delivered": 1100, "bounce": 104},
              "successRate": 0.9913793103448276,
              "latencyMillis": {"p50": 23, "p95": 89, "p99": 60917, "samples": 1150},
              "attemptMillis": {"p50": 21, "p95": 81, "p99": 208, "samples": 1201},
              "series": [
                {
                  "from": "2026-10-06T00:00:00Z",
                  "accepted": 1204,
                  "delivered": 1150,
                  "failed": 10,
                  "skipped": 40,
                  "unfinished": 4,
                  "successRate": 0.9913793103448276,
                  "latencyMillis": {"p50": 23, "p95": 89, "p99": 60917, "samples": 1150}
                }
              ],
              "reasons": [
                {"reason": "The endpoint answered 503", "attempts": 41, "failed": 0},
                {"reason": "The endpoint answered 404", "attempts": 10, "failed": 10}
              ],
              "late": {"deliveries": 1, "oldestDueAt": "2026-10-07T09:00:03.900Z", "seconds": 2}
            }""";

    static final String TOO_FINE = """
            {
              "type": "about:blank",
              "title": "Unprocessable Content",
              "status": 422,
              "detail": "The request is not valid: see the violations",
              "violations": [
                {
                  "field": "interval",
                  "message": "must be longer, or the period shorter: this makes 43200 buckets, and 1500 are the most"
                }
              ]
            }""";

    private StatisticsExamples() {}
}
