-- Deliveries. Events are immutable; the queue holds one small row per unfinished delivery and loses it when it is
-- finished; attempts are appended. A delivery's id is a UUIDv7: its first 48 bits are the moment of acceptance in
-- milliseconds, so one column orders, pages and partitions all three (and drops them together).
--
-- The state of a delivery is where it stands:
--   queue row, held                      delivering
--   queue row, not held, retries = 0     pending
--   queue row, not held, retries > 0     retrying
--   no queue row, failed_delivery row    failed
--   no queue row, event.skip_reason      skipped
--   otherwise                            delivered

-- A start of a process. Its heartbeat keeps its leases; when it stops, the rescuer takes this row away and frees them.
CREATE TABLE node (
  incarnation  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text        NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT now(),
  heartbeat_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE event (
  id                   uuid        NOT NULL PRIMARY KEY,
  event_id             text        NULL, -- the caller's; NULL: the id is the event's id
  ims_org              text        NOT NULL,
  sandbox_name         text        NOT NULL,
  webhook_id           uuid        NULL,
  channel              text        NOT NULL CHECK (channel IN ('email', 'sms')),
  feedback_status      text        NOT NULL,
  campaign_id          text        NOT NULL,
  request_id           text        NOT NULL,
  message_execution_id text        NOT NULL,
  occurred_at          timestamptz NULL, -- by the caller's word
  accepted_at          timestamptz NOT NULL,
  skip_reason          text        NULL, -- name of a SkipReason
  payload              bytea       NOT NULL, -- the bytes of every attempt's body
  CHECK ((webhook_id IS NULL) = (skip_reason IS NOT NULL))
) PARTITION BY RANGE (id);
CREATE INDEX event_newest ON event (ims_org, sandbox_name, id);
CREATE INDEX event_skipped ON event (ims_org, sandbox_name, id) WHERE skip_reason IS NOT NULL;
CREATE INDEX event_request ON event (request_id);
CREATE INDEX event_execution ON event (message_execution_id);

CREATE TABLE attempt (
  delivery_id     uuid        NOT NULL,
  number          smallint    NOT NULL CHECK (number >= 1),
  started_at      timestamptz NOT NULL,
  duration_millis integer     NOT NULL CHECK (duration_millis >= 0),
  outcome         text        NOT NULL CHECK (outcome IN ('delivered', 'retrying', 'failed')),
  status_code     smallint    NULL,
  error           text        NULL,
  response_body   text        NULL, -- at most 20 kB
  PRIMARY KEY (delivery_id, number),
  CHECK (outcome <> 'delivered' OR status_code BETWEEN 200 AND 299)
) PARTITION BY RANGE (delivery_id);

CREATE TABLE failed_delivery (
  delivery_id  uuid        NOT NULL PRIMARY KEY,
  ims_org      text        NOT NULL,
  sandbox_name text        NOT NULL,
  failed_at    timestamptz NOT NULL,
  reason       text        NOT NULL
) PARTITION BY RANGE (delivery_id);
CREATE INDEX failed_delivery_newest ON failed_delivery (ims_org, sandbox_name, delivery_id);

-- What falls between the days that the partition keeper made (a clock far off) lands here and is not lost.
CREATE TABLE event_default PARTITION OF event DEFAULT;
CREATE TABLE attempt_default PARTITION OF attempt DEFAULT;
CREATE TABLE failed_delivery_default PARTITION OF failed_delivery DEFAULT;

-- Idempotence of events that name an eventId: the key is a hash of tenant and eventId.
CREATE TABLE event_key (
  key         uuid NOT NULL PRIMARY KEY,
  delivery_id uuid NOT NULL
);

CREATE TABLE queue (
  delivery_id uuid        NOT NULL PRIMARY KEY,
  webhook_id  uuid        NOT NULL,
  due_at      timestamptz NOT NULL,
  begun_at    timestamptz NOT NULL, -- when the retry schedule began: accepted, or redelivery asked for
  attempts    smallint    NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- the last attempt's number
  retries     smallint    NOT NULL DEFAULT 0 CHECK (retries BETWEEN 0 AND attempts), -- of this schedule
  holder      bigint      NULL -- the incarnation that leases it; no foreign key: the rescuer frees what has no node
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
-- Claims hop from webhook to webhook and take what is due, first attempts and retries apart.
CREATE INDEX queue_due ON queue (webhook_id, (retries > 0), due_at) WHERE holder IS NULL;
-- The rescuer hops from holder to holder.
CREATE INDEX queue_held ON queue (holder) WHERE holder IS NOT NULL;
