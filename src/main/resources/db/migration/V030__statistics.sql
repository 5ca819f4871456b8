-- Statistics: how many of a tenant's events were accepted, and what became of them, by the minute and by the hour of
-- their acceptance. They are folded from the log every few seconds, by one node at a time, so that a month is answered
-- from some thousand rows. The statements that accept and settle do nothing for it but note their transaction.

-- The number of this transaction. They rise, and PostgreSQL knows below which of them none is under way any more: what
-- they wrote is in sight, and nothing can be committed among it later. A clock or a sequence promises less.
-- In a database that was restored elsewhere they begin anew: next_fold() notices, and has this function add to them.
CREATE FUNCTION this_recording() RETURNS bigint
  LANGUAGE sql STABLE
  RETURN 0 + pg_current_xact_id()::text::bigint;

-- Set apart from the column, so that no table is written anew: what was there before stays without, and is not counted.
ALTER TABLE event ADD COLUMN recorded_in bigint NULL;
ALTER TABLE event ALTER COLUMN recorded_in SET DEFAULT this_recording();
ALTER TABLE attempt ADD COLUMN recorded_in bigint NULL;
ALTER TABLE attempt ALTER COLUMN recorded_in SET DEFAULT this_recording();
-- Rows are appended and their numbers rise, so a summary for each megabyte finds the new ones; it costs an insert next
-- to nothing, where a B-tree would cost an entry a row.
CREATE INDEX event_recorded ON event USING brin (recorded_in);
CREATE INDEX attempt_recorded ON attempt USING brin (recorded_in);

-- What changes a delivery's state without an attempt: a redelivery takes it back from where it had ended, the end of
-- its webhook makes it fail. Written with the change, taken away when it is folded in.
CREATE TABLE state_change (
  id          bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  delivery_id uuid     NOT NULL,
  state       text     NOT NULL CHECK (state IN ('delivered', 'failed')),
  change      smallint NOT NULL CHECK (change IN (-1, 1)), -- left that state, or reached it
  reason      text     NULL
);

CREATE TABLE tally (
  ims_org         text        NOT NULL,
  sandbox_name    text        NOT NULL,
  span            text        NOT NULL CHECK (span IN ('minute', 'hour')),
  begins          timestamptz NOT NULL, -- the minute or hour of acceptance
  channel         text        NOT NULL,
  feedback_status text        NOT NULL,
  accepted        bigint      NOT NULL,
  delivered       bigint      NOT NULL,
  failed          bigint      NOT NULL,
  skipped         bigint      NOT NULL,
  PRIMARY KEY (ims_org, sandbox_name, span, begins, channel, feedback_status)
) WITH (fillfactor = 70); -- the newest are updated in place, again and again

-- Counts by bucket: bucket i (from 0) counts what took 2^(i/8) to 2^((i+1)/8) milliseconds. Buckets of two rows add up.
CREATE TABLE tally_latency (
  ims_org      text        NOT NULL,
  sandbox_name text        NOT NULL,
  span         text        NOT NULL CHECK (span IN ('minute', 'hour')),
  begins       timestamptz NOT NULL,
  delivered    integer[]   NOT NULL, -- from acceptance to the end of the attempt that delivered it
  attempts     integer[]   NOT NULL, -- from an attempt's begin to its end
  PRIMARY KEY (ims_org, sandbox_name, span, begins)
) WITH (fillfactor = 70);

CREATE TABLE tally_reason (
  ims_org      text        NOT NULL,
  sandbox_name text        NOT NULL,
  span         text        NOT NULL CHECK (span IN ('minute', 'hour')),
  begins       timestamptz NOT NULL,
  reason       text        NOT NULL, -- at most 200 characters
  attempts     bigint      NOT NULL, -- that did not succeed for it
  failed       bigint      NOT NULL, -- deliveries that ended with it
  PRIMARY KEY (ims_org, sandbox_name, span, begins, reason)
) WITH (fillfactor = 70);

-- How far the log is folded in: one row.
CREATE TABLE statistics_watermark (
  single  boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
  folded  bigint      NOT NULL, -- every recording below is counted, none from here on
  base    bigint      NOT NULL DEFAULT 0, -- what this_recording() adds
  as_of   timestamptz NOT NULL, -- what was committed by then is counted
  seen    bigint      NOT NULL, -- recordings that had begun at seen_at are below this
  seen_at timestamptz NOT NULL
);
INSERT INTO statistics_watermark (folded, as_of, seen, seen_at)
SELECT number, clock_timestamp(), number, clock_timestamp()
  FROM (SELECT this_recording() AS number) AS begin;

CREATE FUNCTION count_in(counts integer[], bucket integer, number bigint) RETURNS integer[]
  LANGUAGE plpgsql IMMUTABLE AS
$$
BEGIN
  IF bucket >= cardinality(counts) THEN
    counts := counts || array_fill(0, ARRAY [bucket + 1 - cardinality(counts)]);
  END IF;
  counts[bucket + 1] := counts[bucket + 1] + number;
  RETURN counts;
END
$$;

-- Buckets and how often each was met, as one array.
CREATE AGGREGATE histogram(bucket integer, number bigint) (
  SFUNC = count_in,
  STYPE = integer[],
  INITCOND = '{}'
);

CREATE FUNCTION add_counts(a integer[], b integer[]) RETURNS integer[]
  LANGUAGE sql IMMUTABLE
  RETURN (SELECT coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) ORDER BY i), '{}')
            FROM unnest(a, b) WITH ORDINALITY AS both_counts (x, y, i));

CREATE FUNCTION latency_bucket(millis double precision) RETURNS integer
  LANGUAGE sql IMMUTABLE
  RETURN floor(8 * ln(greatest(millis, 1)) / ln(2))::integer;

-- Which recordings are to be folded in next: those from the watermark on of which none is under way any more, and at
-- most so many. No row: another node is at it. Holds a lock until the transaction ends.
CREATE FUNCTION next_fold(most bigint)
  RETURNS TABLE (first bigint, beyond bigint, more boolean, begun bigint, begun_at timestamptz)
  LANGUAGE plpgsql AS
$$
DECLARE
  mark     statistics_watermark;
  now      timestamptz;
  snapshot pg_snapshot;
  ended    bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('tidings.statistics')) THEN
    RETURN;
  END IF;
  SELECT * INTO mark FROM statistics_watermark;
  now := clock_timestamp();
  snapshot := pg_current_snapshot();
  begun := mark.base + pg_snapshot_xmax(snapshot)::text::bigint;
  IF mark.folded > begun THEN
    -- Numbers began anew. From now on they are greater than any that a row can have: 2^32 is more than were unfolded.
    mark.base := mark.folded + 4294967296;
    EXECUTE format('CREATE OR REPLACE FUNCTION this_recording() RETURNS bigint LANGUAGE sql STABLE'
                   ' RETURN %s + pg_current_xact_id()::text::bigint', mark.base);
    UPDATE statistics_watermark SET base = mark.base, seen = mark.base;
    begun := mark.base + pg_snapshot_xmax(snapshot)::text::bigint;
    most := 2 * 4294967296;
  END IF;
  ended := mark.base + pg_snapshot_xmin(snapshot)::text::bigint;
  RETURN QUERY SELECT mark.folded, least(ended, mark.folded + most), ended > mark.folded + most, begun, now;
END
$$;
