-- The delivery log's view of a delivery: the event, where the delivery stands (the rules of V002), and its last attempt.
-- Without the payload: a page of the log does not need it. Queries narrow it by tenant and id, which reach through to
-- the tables' indexes and partitions.
--
-- Each lookup beside the event is a LATERAL with a LIMIT, which PostgreSQL can only run row by row, along a primary key:
-- a page costs what it shows, where a join could be planned as a pass over all that failed or waits.
CREATE VIEW delivery AS
SELECT e.id,
       coalesce(e.event_id, e.id::text)       AS event_id,
       coalesce(q.webhook_id, e.webhook_id)   AS webhook_id, -- a redelivery goes to the webhook of its day
       e.ims_org,
       e.sandbox_name,
       e.channel,
       e.feedback_status,
       e.campaign_id,
       e.request_id,
       e.message_execution_id,
       e.occurred_at,
       e.accepted_at,
       e.skip_reason,
       CASE
         WHEN q.holder IS NOT NULL      THEN 'delivering'
         WHEN q.retries > 0             THEN 'retrying'
         WHEN q.delivery_id IS NOT NULL THEN 'pending'
         WHEN f.delivery_id IS NOT NULL THEN 'failed'
         WHEN e.skip_reason IS NOT NULL THEN 'skipped'
         ELSE 'delivered'
       END                                    AS state,
       q.due_at,
       f.reason                               AS failure,
       coalesce(a.number, 0)                  AS attempts,
       a.started_at                           AS last_started_at,
       a.status_code                          AS last_status_code,
       a.error                                AS last_error
  FROM event e
  LEFT JOIN LATERAL (
    SELECT delivery_id, webhook_id, due_at, retries, holder
      FROM queue
     WHERE delivery_id = e.id
     LIMIT 1
  ) AS q ON true
  LEFT JOIN LATERAL (
    SELECT delivery_id, reason
      FROM failed_delivery
     WHERE delivery_id = e.id
     LIMIT 1
  ) AS f ON true
  LEFT JOIN LATERAL (
    SELECT number, started_at, status_code, error
      FROM attempt
     WHERE delivery_id = e.id
     ORDER BY number DESC
     LIMIT 1
  ) AS a ON true;
