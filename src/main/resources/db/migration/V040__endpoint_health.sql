-- Endpoint health: how many of a webhook's attempts of the last 24 hours failed, and what is held of its endpoint for it.

-- When a person last said that the endpoint is new or well again (creation, a resume, an edit of where or how it is sent
-- to): what was attempted before does not count.
ALTER TABLE webhook ADD COLUMN armed_at timestamptz NOT NULL DEFAULT now();

-- Attempts by the ten minutes of their start. Folded from the log with the statistics, which see each attempt once anyway;
-- what settles an attempt does nothing for it. No foreign key: the fold must not wait for whoever changes a webhook.
CREATE TABLE webhook_attempts (
  webhook_id uuid        NOT NULL,
  armed_at   timestamptz NOT NULL, -- the webhook's, then
  begins     timestamptz NOT NULL,
  attempts   bigint      NOT NULL CHECK (attempts > 0),
  failing    bigint      NOT NULL CHECK (failing BETWEEN 0 AND attempts),
  PRIMARY KEY (webhook_id, armed_at, begins)
) WITH (fillfactor = 70); -- the newest are updated in place, again and again

-- What was found at the last look. No row, or one of an earlier armed_at: nothing was found yet, the endpoint is active.
-- A table of its own: writing it is no change of the webhook, neither for entity tags nor for caches.
CREATE TABLE webhook_health (
  webhook_id uuid        NOT NULL PRIMARY KEY REFERENCES webhook ON DELETE CASCADE,
  armed_at   timestamptz NOT NULL,
  state      text        NOT NULL CHECK (state IN ('active', 'unstable', 'disabled')),
  since      timestamptz NOT NULL,
  reason     text        NULL,
  attempts   bigint      NOT NULL,
  failing    bigint      NOT NULL CHECK (failing BETWEEN 0 AND attempts),
  CHECK ((reason IS NULL) = (state = 'active'))
);
