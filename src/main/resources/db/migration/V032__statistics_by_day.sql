-- Statistics by the day (UTC) of acceptance too: a long period is answered from some hundred rows.
-- The days so far are added up from their hours.

ALTER TABLE tally
  DROP CONSTRAINT tally_span_check,
  ADD CONSTRAINT tally_span_check CHECK (span IN ('minute', 'hour', 'day'));
ALTER TABLE tally_latency
  DROP CONSTRAINT tally_latency_span_check,
  ADD CONSTRAINT tally_latency_span_check CHECK (span IN ('minute', 'hour', 'day'));
ALTER TABLE tally_reason
  DROP CONSTRAINT tally_reason_span_check,
  ADD CONSTRAINT tally_reason_span_check CHECK (span IN ('minute', 'hour', 'day'));

INSERT INTO tally (ims_org, sandbox_name, span, begins, channel, feedback_status, accepted, delivered, failed, skipped)
SELECT ims_org, sandbox_name, 'day', date_trunc('day', begins, 'UTC') AS day, channel, feedback_status,
       sum(accepted), sum(delivered), sum(failed), sum(skipped)
  FROM tally
 WHERE span = 'hour'
 GROUP BY ims_org, sandbox_name, day, channel, feedback_status;

CREATE AGGREGATE sum_counts(integer[]) (SFUNC = add_counts, STYPE = integer[], INITCOND = '{}');

INSERT INTO tally_latency (ims_org, sandbox_name, span, begins, delivered, attempts)
SELECT ims_org, sandbox_name, 'day', date_trunc('day', begins, 'UTC') AS day,
       sum_counts(delivered), sum_counts(attempts)
  FROM tally_latency
 WHERE span = 'hour'
 GROUP BY ims_org, sandbox_name, day;

INSERT INTO tally_reason (ims_org, sandbox_name, span, begins, reason, attempts, failed)
SELECT ims_org, sandbox_name, 'day', date_trunc('day', begins, 'UTC') AS day, reason, sum(attempts), sum(failed)
  FROM tally_reason
 WHERE span = 'hour'
 GROUP BY ims_org, sandbox_name, day, reason;
