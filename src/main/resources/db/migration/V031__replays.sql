-- Replays: a selection of the delivery log on its way into the queue once more, from the newest delivery to the oldest.
-- All that a node knows of a replay is in its row, and changes in the transaction that queues: any node makes the next
-- step, and one that dies in the middle leaves nothing half done.

CREATE TABLE replay (
  id                   uuid        NOT NULL PRIMARY KEY,
  ims_org              text        NOT NULL,
  sandbox_name         text        NOT NULL,
  state                text        NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'cancelled', 'failed')),
  state_reason         text        NULL, -- why it failed
  -- Which deliveries: those of the log that all of these fit, as they stand when the replay comes to them.
  delivery_state       text        NULL CHECK (delivery_state IN ('pending', 'delivering', 'retrying', 'delivered', 'failed')),
  channel              text        NULL CHECK (channel IN ('email', 'sms')),
  feedback_status      text        NULL,
  campaign_id          text        NULL,
  request_id           text        NULL,
  message_execution_id text        NULL,
  accepted_from        timestamptz NULL,
  accepted_to          timestamptz NOT NULL, -- at most its creation: what comes later is not among them
  rate_per_second      integer     NOT NULL CHECK (rate_per_second >= 1),
  counted              bigint      NOT NULL, -- how many there were when it was created
  counted_all          boolean     NOT NULL, -- false: that many, and more
  replayed             bigint      NOT NULL DEFAULT 0,
  never_sent           bigint      NOT NULL DEFAULT 0, -- passed over: they were skipped
  already_waiting      bigint      NOT NULL DEFAULT 0, -- passed over: an attempt is due or under way
  cursor               uuid        NULL, -- the last delivery that was looked at
  paced_until          timestamptz NOT NULL, -- what the rate allows is used up to that time
  failures             smallint    NOT NULL DEFAULT 0, -- of steps, one after the other
  created_at           timestamptz NOT NULL,
  created_by           text        NOT NULL,
  started_at           timestamptz NULL,
  ended_at             timestamptz NULL,
  CHECK ((ended_at IS NULL) = (state IN ('queued', 'running'))),
  CHECK (state <> 'queued' OR started_at IS NULL),
  CHECK (state <> 'running' OR started_at IS NOT NULL),
  CHECK ((state_reason IS NOT NULL) = (state = 'failed'))
);
-- One at a time in a sandbox.
CREATE UNIQUE INDEX replay_unended ON replay (ims_org, sandbox_name) WHERE ended_at IS NULL;
CREATE INDEX replay_paced ON replay (paced_until) WHERE ended_at IS NULL;
CREATE INDEX replay_newest ON replay (ims_org, sandbox_name, id);
